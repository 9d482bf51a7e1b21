import { createHash } from 'node:crypto'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { synthesizeFastq } from '#lib/fastq/fixtures/synthesize-fastq.ts'
import { test as base, expect, ROWS_MIN } from './fixtures.ts'
import { statusHistoryOf, untilStatus } from './raw/sample-state.ts'
import { type CloudStandIn, startCloudStandIn } from './service/cloud-stand-in.ts'
import { type Partner, partnerOf } from './service/partner.ts'
import { type Service, startService } from './service/start-service.ts'

const READS = 5_000
const r1 = gzipSync(synthesizeFastq({ reads: READS }))
const r2 = gzipSync(synthesizeFastq({ reads: READS, mate: 2 }))
const digestOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** An operator's program that counts the lines of both files, and spoils the copies it was given. */
const COMMAND = `#!/bin/sh
set -eu
test "$ARRAYDROP_INPUT" = fastq
for file in "$ARRAYDROP_FASTQ_R1" "\${ARRAYDROP_FASTQ_R2:-}"; do
  if [ -n "$file" ]; then gzip -dc "$file" | wc -l; echo spoiled > "$file"; fi
done > "$ARRAYDROP_OUTPUT_DIR/line-count.txt"
test -s "$ARRAYDROP_FASTQ_QC_JSON"
`

/** A service that may fetch from this machine, a cloud on it, and a partner. */
const test = base.extend<object, { cloud: CloudStandIn; fetching: Service; sender: Partner }>({
  cloud: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from this pattern
    async ({}, use) => {
      const cloud = await startCloudStandIn()
      await use(cloud)
      await cloud.stop()
    },
    { scope: 'worker' },
  ],
  fetching: [
    // biome-ignore lint/correctness/noEmptyPattern: as above
    async ({}, use) => {
      const directory = await mkdtemp(path.join(os.tmpdir(), 'arraydrop-command-'))
      const command = path.join(directory, 'command.sh')
      await writeFile(command, COMMAND)
      await chmod(command, 0o755)
      const service = await startService({ ALLOW_PRIVATE_TARGETS: '1', ANALYSIS_COMMAND: command })
      await use(service)
      await service.dispose()
      await rm(directory, { recursive: true, force: true })
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  sender: [
    async ({ fetching }, use) => use(await partnerOf(fetching, { rowsMin: ROWS_MIN })),
    { scope: 'worker', timeout: 60_000 },
  ],
})

async function answerOf<Answer>(response: Promise<Response>, status: number): Promise<Answer> {
  const answer = await response
  expect(answer.status).toBe(status)
  return (await answer.json()) as Answer
}

/** Hand over files by URL and start their run; the sample's id. */
async function run(partner: Partner, clientId: string, urls: string[]): Promise<string> {
  const uploads: string[] = []
  for (const [at, source_url] of urls.entries()) {
    const destination_path = `gncv://runs/${clientId}_R${at + 1}.fastq.gz`
    const body = { destination_path, source_url }
    const { id } = await answerOf<{ id: string }>(partner.call('POST', '/api/v2/uploads-url/', body), 201)
    uploads.push(id)
  }
  const [first, second] = uploads
  const fastq = { r1: { upload: first }, ...(second ? { r2: { upload: second } } : {}) }
  const { uploads: assigned } = await answerOf<{ uploads: { sample: string }[] }>(
    partner.call('POST', `/api/v2/project-samples/${partner.projectId}`, {
      uploads: [{ client_id: clientId, fastq }],
      metadata: null,
    }),
    201,
  )
  return assigned[0]!.sample
}

interface ListedFile {
  file_type: string
  size: number
  checksum_sha256: string
  download_url: string
}

test('a pair by URL ends as a sample with its files, a report, and what the operator’s program made', async ({
  cloud,
  fetching,
  sender,
}) => {
  cloud.put('s1_R1.fastq.gz', r1)
  cloud.put('s1_R2.fastq.gz', r2)
  cloud.fail('s1_R2.fastq.gz', { kind: 'whole' }, { kind: 'cut', after: 60_000 })
  const urls = [cloud.sign('s3', 's1_R1.fastq.gz'), cloud.sign('gcs', 's1_R2.fastq.gz')]
  const sampleId = await run(sender, 's1', urls)
  await untilStatus(sender, sampleId, 'succeeded')
  // The source that broke off gave its worker back, and the run started again.
  expect(await statusHistoryOf(sender, sampleId)).toEqual(['scheduled', 'running', 'running', 'succeeded'])

  const { files } = await answerOf<{ files: ListedFile[] }>(
    sender.call('GET', `/api/v2/samples/${sampleId}`),
    200,
  )
  const fileOf = (type: string) => files.find(({ file_type }) => file_type === type)!
  expect(files.map(({ file_type }) => file_type).sort()).toEqual([
    'fastq-qc-html',
    'fastq-qc-json',
    'fastq-r1',
    'fastq-r2',
    'line-count',
  ])
  expect(fileOf('fastq-r1')).toMatchObject({ size: r1.length, checksum_sha256: digestOf(r1) })
  const download = async (type: string) => {
    const url = new URL(fileOf(type).download_url)
    return Buffer.from(await (await fetch(`${fetching.address}${url.pathname}${url.search}`)).arrayBuffer())
  }
  expect(digestOf(await download('fastq-r2'))).toBe(digestOf(r2))
  expect((await download('line-count')).toString()).toBe(`${READS * 4}\n${READS * 4}\n`)
  const numbers = JSON.parse((await download('fastq-qc-json')).toString())
  expect(numbers).toMatchObject({ paired: true, files: [{ reads: READS }, { reads: READS }] })

  const { results } = await answerOf<{ results: { quality_control_type: { key: string; name: string } }[] }>(
    sender.call('GET', `/api/v2/sample-quality-controls/${sampleId}`),
    200,
  )
  expect(results[0]?.quality_control_type).toMatchObject({ key: 'format', name: 'Valid FASTQ format' })
  expect(cloud.requests.every(({ method }) => method === 'GET')).toBe(true)
})

test('the report reads by itself: without script, and whole to a screen reader', { tag: '@torture' }, async ({
  cloud,
  fetching,
  sender,
  page,
}) => {
  cloud.put('s2_R1.fastq.gz', r1)
  const sampleId = await run(sender, 's2', [cloud.sign('azure', 's2_R1.fastq.gz')])
  await untilStatus(sender, sampleId, 'succeeded')
  const { files } = await answerOf<{ files: ListedFile[] }>(
    sender.call('GET', `/api/v2/samples/${sampleId}`),
    200,
  )
  const { pathname, search } = new URL(
    files.find(({ file_type }) => file_type === 'fastq-qc-html')!.download_url,
  )
  const report = await (await fetch(`${fetching.address}${pathname}${search}`)).text()
  await page.setContent(report)
  await expect(page.getByRole('heading', { name: 'Reads report' })).toBeVisible()
  await expect(page.getByRole('img', { name: /^Quality by cycle/ })).toBeVisible()
  await expect(page.getByText(READS.toLocaleString('en'), { exact: true })).toBeVisible()
})

test('a URL that ends between its check and the run fails the sample, and says so', {
  tag: '@torture',
}, async ({ cloud, fetching, sender }) => {
  for (const [at, vendor] of (['s3', 'gcs', 'azure'] as const).entries()) {
    const name = `late${at}_R1.fastq.gz`
    cloud.put(name, r1)
    // The check gets its bytes, and the run a part of its own, until the URL is over.
    cloud.fail(name, { kind: 'slow', bytesPerSecond: 10_000_000 }, { kind: 'stall', after: 70_000 })
    const url = cloud.sign(vendor, name, 3_000)
    const sampleId = run(sender, `late${at}`, [url])
    await expect.poll(() => cloud.requests.filter((request) => request.name === name).length).toBe(2)
    cloud.advance(3_600)
    await fetching.advance(3_600)
    cloud.drop()
    await untilStatus(sender, await sampleId, 'failed')
    const { note } = (await sender.sample(await sampleId)).last_status
    expect(note).toMatch(/^source_expired: R1: the URL expired on .* UTC, before the file was fetched\./)
  }
  expect(fetching.output()).not.toMatch(/X-Amz-Signature|X-Goog-Signature|sig=/)
})

test('files that are no FASTQ behind their first reads fail the sample, with the line at fault', async ({
  cloud,
  sender,
}) => {
  cloud.put('bad_R1.fastq.gz', Buffer.concat([r1, gzipSync('@x\nACGT\n+\nIII\n')]))
  const sampleId = await run(sender, 'bad', [cloud.publicUrl('bad_R1.fastq.gz')])
  await untilStatus(sender, sampleId, 'failed')
  expect((await sender.sample(sampleId)).last_status.note).toBe(
    `fastq_malformed: R1, line ${READS * 4 + 4} (read ${READS + 1}): the sequence and its qualities have different lengths.`,
  )
})
