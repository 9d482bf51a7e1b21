import { mkdir, mkdtemp, readFile, rm, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { GetObjectCommand } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { countLivedTime } from '#lib/platform/lived-time.ts'
import { createOutbound } from '#lib/platform/outbound/create-outbound.ts'
import { rgwIsHere, startTestRgw, type TestBucket, type TestRgw } from '#lib/testing/rgw-for-tests.ts'
import { digestOf } from '#lib/testing/test-services.ts'
import { synthesizeFastq } from '../fixtures/synthesize-fastq.ts'
import { type FetchPorts, type FetchTask, fetchedPath, fetchFile, journalPath } from './fetch-file.ts'
import { writeFetchJournal } from './fetch-journal.ts'
import { SourceChanged } from './source-changed.ts'

let rgw: TestRgw
let bucket: TestBucket
let folder: string
const outbound = createOutbound({ allowPrivate: true })
const ports: FetchPorts = {
  outbound,
  now: async () => new Date(),
  countLived: countLivedTime,
  onResponse: async () => {},
  onFailure: async () => {},
}
const never = new AbortController().signal
const bytes = gzipSync(synthesizeFastq({ reads: 20_000 }), { level: 1 })

const taskOf = (
  url: string,
  name: string,
  source: Partial<FetchTask['source']> = {},
): FetchTask & { file: 'R1' } => ({
  uploadId: name,
  file: 'R1',
  folder: path.join(folder, name),
  source: { url, size: null, expiresAt: null, ...source },
  onGrowth: () => {},
})

async function fetched(task: FetchTask) {
  await mkdir(task.folder, { recursive: true })
  return fetchFile(ports, task, never)
}

if (!rgwIsHere()) test.skip('fetching from a real S3 server: no radosgw here')
else {
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'arraydrop-fetch-'))
    rgw = await startTestRgw()
    bucket = await rgw.createBucket()
  })
  afterAll(async () => {
    await outbound.close()
    await rgw?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  test('a presigned URL of a real S3 server is fetched, and gone on with where it was broken off', async () => {
    const url = await bucket.presignedObject('s1_R1.fastq.gz', bytes)
    const task = taskOf(url, 'whole', { size: bytes.length })
    const journal = await fetched(task)
    expect(journal).toMatchObject({ bytes: bytes.length, size: bytes.length, whole: true })
    expect(journal.etag).toMatch(/^"[0-9a-f]{32}"$/)
    expect(digestOf(await readFile(fetchedPath(task)))).toBe(digestOf(bytes))

    const half = Math.floor(bytes.length / 2)
    await truncate(fetchedPath(task), half)
    await writeFetchJournal(journalPath(task), { ...journal, bytes: half, whole: false })
    await fetched(task)
    expect(digestOf(await readFile(fetchedPath(task)))).toBe(digestOf(bytes))
  })

  test('another file under the same name is recognised by its tag', async () => {
    const url = await bucket.presignedObject('s2_R1.fastq.gz', bytes)
    const task = taskOf(url, 'changed')
    const journal = await fetched(task)
    await bucket.presignedObject('s2_R1.fastq.gz', Buffer.from(bytes).reverse())
    await writeFetchJournal(journalPath(task), { ...journal, bytes: 1_000, whole: false })
    await expect(fetched(task)).rejects.toThrow(new SourceChanged().message)
  })

  test('an expired URL, one for another method and an empty object end it in words', async () => {
    await bucket.presignedObject('s3_R1.fastq.gz', bytes)
    const object = new GetObjectCommand({ Bucket: bucket.location.bucket, Key: 's3_R1.fastq.gz' })
    const signingDate = new Date(Date.now() - 7_200_000)
    const expired = await getSignedUrl(bucket.client, object, { expiresIn: 3_600, signingDate })
    expect(Number((await fetch(expired)).status)).toBe(403)
    const expiresAt = new Date(signingDate.getTime() + 3_600_000)
    await expect(fetched(taskOf(expired, 'expired', { expiresAt }))).rejects.toThrow(/^source_expired: R1: /)
    await expect(fetched(taskOf(expired, 'unknown'))).rejects.toThrow(/^source_forbidden: R1: .*\(403\)/)
    const live = await bucket.presignedObject('s4_R1.fastq.gz', bytes)
    expect((await fetch(live, { method: 'HEAD' })).status).toBe(403)
    const empty = await bucket.presignedObject('s5_R1.fastq.gz', new Uint8Array())
    await expect(fetched(taskOf(empty, 'empty'))).rejects.toThrow(
      'fastq_malformed: R1: the file holds no reads.',
    )
  })
}
