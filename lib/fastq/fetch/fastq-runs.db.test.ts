import { spawn } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { readdir, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { presentQuality } from '#lib/analysis/present-quality.ts'
import { runAnalysis } from '#lib/analysis/run-analysis.ts'
import { createThreads } from '#lib/platform/threads.ts'
import { aFastqRun } from '#lib/testing/fastq-run-for-tests.ts'
import { digestOf, type TestServices, testServices } from '#lib/testing/test-services.ts'
import { type CloudStandIn, startCloudStandIn } from '../../../e2e/service/cloud-stand-in.ts'
import { synthesizeFastq } from '../fixtures/synthesize-fastq.ts'
import { ReadsDocument } from '../report/reads-document.ts'
import { sendRange, startStore } from '../store-for-tests.ts'
import { createFastqAnalyzer } from './create-fastq-analyzer.ts'
import { FLUSH_BYTES } from './limits.ts'
import { createProbes } from './probe-source.ts'
import { lanesOf } from './source-lanes.ts'
import { createShares } from './worker-shares.ts'

let t: TestServices
let cloud: CloudStandIn
const logged: string[] = []
const log = pino({ level: 'debug' }, { write: (line: string) => void logged.push(line) })
/** URL, and size and expiry as they were when it came in, of every upload. */
const sources = new Map<string, { url: string; size: number | null; expiresAt: Date | null }>()

beforeAll(async () => {
  cloud = await startCloudStandIn()
  t = await testServices()
  const threads = createThreads({ threadsMax: 2, codeCache: path.join(t.directory, 'code-cache') })
  const findSource = async (uploadId: string) => sources.get(uploadId)!
  const shares = createShares()
  const lanes = lanesOf({ ...t.services, findSource, shares, probes: createProbes(t.services) })
  const analyse = createFastqAnalyzer(threads, {
    ...t.services,
    log,
    findSource,
    program: 'Arraydrop 1.2.3',
    shares,
    lanes,
  })
  t.services.analyzers = { array: [], fastq: [analyse] }
})
afterAll(async () => {
  await cloud.stop()
  await t.stop()
})
beforeEach(() => {
  cloud.requests.length = 0
})

const READS = 3_000
/** A busy machine takes its time. */
const WHILE_BUSY = { timeout: 20_000, interval: 20 }
const r1 = gzipSync(synthesizeFastq({ reads: READS }), { level: 1 })
const r2 = gzipSync(synthesizeFastq({ reads: READS, mate: 2 }), { level: 1 })
let objects = 0

/** A new object of the cloud; its name. */
function anObject(bytes: Uint8Array = r1): string {
  const name = `s${++objects}_R1.fastq.gz`
  cloud.put(name, bytes)
  return name
}

function anUpload(
  url: string,
  { size = null, expiresAt = null }: { size?: number | null; expiresAt?: Date | null } = {},
): { uploadId: string } {
  const uploadId = randomUUID()
  sources.set(uploadId, { url, size, expiresAt })
  return { uploadId }
}

/** A sample whose run waits for these files. */
const aRun = async (r1: { uploadId: string }, r2: { uploadId: string } | null = null) =>
  aFastqRun(t.services, { projectId: (await t.aProject()).id, r1, r2 })

async function runOf(...uploads: { uploadId: string }[]) {
  const run = await aRun(uploads[0]!, uploads[1] ?? null)
  await runAnalysis(t.services, run)
  return { ...run, ...(await outcomeOf(run.sampleId)) }
}

async function outcomeOf(sampleId: string) {
  const { db } = t.services
  const sample = await db
    .selectFrom('sample')
    .selectAll()
    .where('id', '=', sampleId)
    .executeTakeFirstOrThrow()
  const files = await db
    .selectFrom('deliverable')
    .selectAll()
    .where('sample_id', '=', sampleId)
    .orderBy('file_type')
    .execute()
  return { status: sample.status, note: sample.status_note, qc: sample.qc, files }
}

const contentOf = async (storageKey: string) =>
  Buffer.from(await new Response((await t.services.storage.read(storageKey)).body).arrayBuffer())
const scratchNow = () => readdir(path.join(t.directory, 'scratch')).catch(() => [])
const rangesOf = (name: string) =>
  cloud.requests.filter((request) => request.name === name).map(({ range }) => range)

test('a pair becomes a sample with its files, their digests, a report, and no trace on the local disk', async () => {
  const names = [anObject(r1), anObject(r2)]
  const { sampleId, status, note, qc, files } = await runOf(
    anUpload(cloud.sign('s3', names[0]!), { size: r1.length }),
    anUpload(cloud.sign('gcs', names[1]!), { size: r2.length }),
  )
  expect({ status, note }).toEqual({ status: 'succeeded', note: '' })
  expect(files.map(({ file_type, name }) => [file_type, name])).toEqual([
    ['fastq-qc-html', `${sampleId}_fastq-qc-html.html`],
    ['fastq-qc-json', `${sampleId}_fastq-qc-json.json`],
    ['fastq-r1', `${sampleId}_fastq-r1.fastq.gz`],
    ['fastq-r2', `${sampleId}_fastq-r2.fastq.gz`],
  ])
  const [html, json, first, second] = await Promise.all(files.map((file) => contentOf(file.storage_key)))
  expect([first, second]).toEqual([r1, r2])
  expect(files[2]).toMatchObject({ size: r1.length, sha256: digestOf(r1) })
  const document = ReadsDocument.parse(JSON.parse(json!.toString()))
  expect(document).toMatchObject({
    sample_id: sampleId,
    paired: true,
    files: [
      { read: 'R1', reads: READS, bases: READS * 150, sha256: digestOf(r1) },
      { read: 'R2', reads: READS },
    ],
  })
  expect(document).toMatchObject({ reference: 'client', made_by: { program: 'Arraydrop 1.2.3' } })
  expect(html!.toString()).toContain('Quality by cycle')
  expect(html!.toString()).not.toMatch(/<script|https?:|HSYNTH|127\.0\.0\.1/)
  expect(qc).toMatchObject({ fastq: { paired: true, files: [{ reads: READS }, { reads: READS }] } })
  expect(presentQuality(qc)).toMatchObject([
    {
      quality_control_type: { key: 'format', name: 'Valid FASTQ format' },
      quality_control: { status: 'succeeded' },
    },
  ])
  expect(await scratchNow()).toEqual([])
  expect(cloud.requests.map(({ method, range }) => [method, range])).toEqual([
    ['GET', 'bytes=0-'],
    ['GET', 'bytes=0-'],
  ])
})

test('single reads of an Azure blob, and of a public URL, are runs of their own', async () => {
  for (const url of [cloud.sign('azure', anObject()), cloud.publicUrl(anObject())]) {
    const { status, files } = await runOf(anUpload(url))
    expect(status).toBe('succeeded')
    expect(files.map(({ file_type }) => file_type)).toEqual(['fastq-qc-html', 'fastq-qc-json', 'fastq-r1'])
  }
})

describe('a source that is unwell', () => {
  test('gives its worker back each time, and is asked again for what is missing and nothing else', async () => {
    const name = anObject()
    cloud.fail(
      name,
      { kind: 'status', status: 503 },
      { kind: 'cut', after: 100_000 },
      { kind: 'status', status: 429, headers: { 'Retry-After': '17' } },
      { kind: 'status', status: 500 },
    )
    const run = await aRun(anUpload(cloud.sign('s3', name)))
    for (const why of ['with 503', 'broke off', 'with 429', 'with 500']) {
      await expect(runAnalysis(t.services, run)).rejects.toThrow(why)
    }
    await runAnalysis(t.services, run)
    const { status, files } = await outcomeOf(run.sampleId)
    expect(status).toBe('succeeded')
    expect(files[2]).toMatchObject({ sha256: digestOf(r1) })
    const starts = rangesOf(name).map((range) => Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1]))
    // Of the 100,000 bytes it keeps what it had read when the connection broke.
    const kept = starts[2]!
    expect(kept).toBeGreaterThan(0)
    expect(kept).toBeLessThanOrEqual(100_000)
    expect(starts).toEqual([0, 0, kept, kept, kept])
  })

  test('and knows no ranges, sends all again, of which only the rest is taken', async () => {
    const name = anObject()
    cloud.fail(name, { kind: 'whole' }, { kind: 'cut', after: 100_000 }, { kind: 'whole' })
    cloud.fail(name)
    const { status, files } = await runOf(anUpload(cloud.sign('s3', name)))
    expect([status, files[2]?.sha256]).toEqual(['succeeded', digestOf(r1)])
  })

  test('that stays unwell ends an attempt, and the last attempt says why in the sample’s note', async () => {
    const name = anObject()
    const down = Array.from({ length: 100 }, () => ({ kind: 'status', status: 503 }) as const)
    cloud.fail(name, ...down)
    const run = await aRun(anUpload(cloud.sign('s3', name)))
    for (let attempt = 1; attempt < 10; attempt++) {
      await expect(runAnalysis(t.services, run)).rejects.toThrow('source_unavailable')
    }
    expect(await outcomeOf(run.sampleId)).toMatchObject({ status: 'running' })
    await runAnalysis(t.services, run)
    expect(await outcomeOf(run.sampleId)).toMatchObject({
      status: 'failed',
      note: 'source_unavailable: R1: the storage answered with 503.',
    })
    expect(await scratchNow()).toEqual([])
  })

  test('whose run ends in the middle gives the next attempt what is missing only', async () => {
    const name = anObject()
    cloud.fail(name, { kind: 'stall', after: 120_000 })
    const run = await aRun(anUpload(cloud.sign('s3', name)))
    const running = expect(runAnalysis(t.services, run)).rejects.toThrow('source_unavailable')
    // Only what has reached the disk outlives the connection.
    await vi.waitFor(async () => {
      const kept = path.join(t.directory, 'scratch', `${run.sampleId}-kept-${run.runId}`, 'r1.fastq.gz')
      const { size } = await stat(kept)
      expect(size).toBeGreaterThan(0)
    }, WHILE_BUSY)
    cloud.drop()
    await running
    cloud.requests.length = 0
    await runAnalysis(t.services, run)
    expect(await outcomeOf(run.sampleId)).toMatchObject({ status: 'succeeded' })
    // A connection that breaks may take its last bytes with it.
    const [range, ...others] = new Set(rangesOf(name))
    expect(others).toEqual([])
    const start = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1])
    expect(start).toBeGreaterThan(0)
    expect(start).toBeLessThanOrEqual(120_000)
  })
})

test('a body that ends early without saying how long it is, is compared with the size at registration', async () => {
  let times = 0
  const store = await startStore((request, response) => {
    if (++times > 1) return sendRange(request, response, r1)
    response.useChunkedEncodingByDefault = false
    response.writeHead(200, { Connection: 'close' }).end(r1.subarray(0, r1.length / 2))
  })
  const run = await aRun(anUpload(`${store.origin}/s1_R1.fastq.gz`, { size: r1.length }))
  // What came is too little for another request at once: the next attempt of the run continues.
  await runAnalysis(t.services, run).catch(() => runAnalysis(t.services, run))
  const { status, files } = await outcomeOf(run.sampleId)
  await store.stop()
  expect([status, files[2]?.sha256]).toEqual(['succeeded', digestOf(r1)])
})

test('an object that its store unpacks on the way is asked for as it is stored', async () => {
  const accepted: unknown[] = []
  const store = await startStore((request, response) => {
    accepted.push(request.headers['accept-encoding'])
    response.setHeader('X-Goog-Stored-Content-Encoding', 'gzip')
    if (request.headers['accept-encoding'] !== 'gzip') return void response.end(gunzipSync(r1))
    response.setHeader('Content-Encoding', 'gzip')
    sendRange(request, response, r1)
  })
  const { status, files } = await runOf(anUpload(`${store.origin}/s1_R1.fastq.gz`, { size: r1.length }))
  await store.stop()
  expect([status, files[2]?.sha256]).toEqual(['succeeded', digestOf(r1)])
  expect(accepted).toEqual(['identity', 'gzip'])
})

describe('a file that changes', () => {
  test('while it is fetched is fetched again, and what is published is one of both', async () => {
    const name = anObject()
    const other = gzipSync(synthesizeFastq({ reads: READS, seed: 9 }), { level: 1 })
    cloud.fail(name, { kind: 'cut', after: 100_000 })
    const run = await aRun(anUpload(cloud.sign('s3', name)))
    await expect(runAnalysis(t.services, run)).rejects.toThrow('broke off')
    cloud.put(name, other)
    await runAnalysis(t.services, run)
    const { status, files } = await outcomeOf(run.sampleId)
    expect([status, files[2]?.sha256]).toEqual(['succeeded', digestOf(other)])
  })

  test('between its registration and the run ends it in words', async () => {
    const { status, note } = await runOf(anUpload(cloud.sign('s3', anObject()), { size: r1.length + 1 }))
    expect({ status, note }).toEqual({
      status: 'failed',
      note: 'source_changed: R1: the file at the URL has another size than when the URL was given.',
    })
  })

  test('on our own disk between two attempts is fetched again', async () => {
    const name = anObject()
    const run = await aRun(anUpload(cloud.sign('s3', name)))
    const [analyse] = t.services.analyzers.fastq
    const failing = {
      ...t.services,
      analyzers: { array: [], fastq: [analyse!, () => Promise.reject(new Error('killed'))] },
    }
    await expect(runAnalysis(failing, run)).rejects.toThrow('killed')
    expect(rangesOf(name)).toHaveLength(1)
    await expect(runAnalysis(failing, run)).rejects.toThrow('killed')
    expect(rangesOf(name)).toHaveLength(1)
    const folder = (await scratchNow()).find((one) => one.startsWith(run.sampleId))
    const kept = path.join(t.directory, 'scratch', folder!, 'r1.fastq.gz')
    await writeFile(kept, gzipSync(gunzipSync(r1), { level: 2 }).subarray(0, r1.length))
    await runAnalysis(t.services, run)
    const { status, files } = await outcomeOf(run.sampleId)
    expect([status, files[2]?.sha256]).toEqual(['succeeded', digestOf(r1)])
    expect(rangesOf(name)).toHaveLength(2)
  })
})

describe('a URL that does not lead to the file ends the run, in words without it', () => {
  const expired = (vendor: 's3' | 'gcs' | 'azure') => {
    const url = cloud.sign(vendor, anObject(), -60)
    return anUpload(url, { expiresAt: new Date(Date.now() - 60_000) })
  }

  test.each(['s3', 'gcs', 'azure'] as const)('expired, at %s', async (vendor) => {
    const { status, note } = await runOf(expired(vendor))
    expect(status).toBe('failed')
    expect(note).toMatch(
      /^source_expired: R1: the URL expired on \d{4}-\d\d-\d\d \d\d:\d\d UTC, before the file was fetched\./,
    )
  })

  test('refused although it should still work: its credentials have ended', async () => {
    const url = `${cloud.sign('s3', anObject())}0`
    const { note } = await runOf(anUpload(url, { expiresAt: new Date(Date.now() + 3_600_000) }))
    expect(note).toMatch(
      /^source_forbidden: R1: the storage refused access \(403\)\. The URL has expired, or/,
    )
  })

  test('gone, moved, empty, answered oddly, or not to be called at all', async () => {
    const gone = anObject()
    cloud.remove(gone)
    const odd = anObject()
    cloud.fail(odd, { kind: 'status', status: 418 })
    const cases: [string, RegExp][] = [
      [cloud.sign('s3', gone), /^source_missing: R1: .*\(404\)/],
      [cloud.otherRegionUrl(anObject()), /^source_moved: R1: .*redirect \(301\), which is not followed/],
      [cloud.sign('s3', anObject(new Uint8Array())), /^fastq_malformed: R1: the file holds no reads\.$/],
      [cloud.sign('s3', odd), /^source_unexpected: R1: the storage answered with 418\.$/],
      ['file:///etc/passwd', /^source_refused: R1: /],
    ]
    for (const [url, words] of cases) {
      const { status, note } = await runOf(anUpload(url))
      expect(status).toBe('failed')
      expect(note).toMatch(words)
    }
  })

  test('and neither note nor log ever holds a URL', async () => {
    const { rows } = await sql<{ text: string }>`
      select string_agg(run::text, ' ') || (select string_agg(sample_status::text, ' ') from sample_status) as text
        from run`.execute(t.services.db)
    const everything = rows[0]!.text + logged.join('')
    expect(logged.length).toBeGreaterThan(5)
    expect(everything).not.toMatch(/X-Amz|X-Goog|Signature=|sig=|127\.0\.0\.1|bucket\//)
  })
})

describe('files that are no FASTQ end the run, with the line at fault', () => {
  test.each([
    ['cut off', r1.subarray(0, -500), 'R1: the packed file is damaged or was cut off'],
    [
      'a read too few',
      gzipSync(`${gunzipSync(r1)}@x\nACGT\n+\nIII\n`),
      'R1, line 12004 (read 3001): the sequence and its qualities have different lengths',
    ],
    ['random', randomBytes(50_000), 'R1: the file is not packed with gzip'],
  ])('%s', async (_what, bytes, words) => {
    const { status, note, files } = await runOf(anUpload(cloud.sign('s3', anObject(bytes))))
    expect({ status, note, files }).toEqual({
      status: 'failed',
      note: `fastq_malformed: ${words}.`,
      files: [],
    })
  })

  test('a pair out of step', async () => {
    const shorter = gzipSync(synthesizeFastq({ reads: READS - 10, mate: 2 }))
    const { note } = await runOf(
      anUpload(cloud.sign('s3', anObject())),
      anUpload(cloud.sign('s3', anObject(shorter))),
    )
    expect(note).toBe(
      'fastq_malformed: R1, line 11961 (read 2991): one file of the pair has more reads than the other.',
    )
  })
})

test('a worker killed in mid-fetch: the next one asks for what the disk does not hold, and for nothing else', async () => {
  // Stored, not packed, so that it is large and quickly made: four steps of flushing, and some.
  const text = synthesizeFastq({ reads: 10_000 })
  const member = gzipSync(text, { level: 0 })
  const copies = Math.ceil((4.5 * FLUSH_BYTES) / member.length)
  const large = Buffer.concat(Array.from({ length: copies }, () => member))
  const name = anObject(large)
  const stall = 3.5 * FLUSH_BYTES
  cloud.fail(name, { kind: 'stall', after: stall })
  const url = cloud.sign('s3', name)
  const run = await aRun(anUpload(url))
  const program = path.join(import.meta.dirname, 'run-for-tests.ts')
  const killed = spawn(process.execPath, [program, t.databaseUrl, t.directory, run.runId, url], {
    stdio: 'inherit',
  })
  const gone = once(killed, 'exit')
  const fetched = path.join(t.directory, 'scratch', `${run.sampleId}-kept-${run.runId}`, 'r1.fastq.gz')
  const bytesThere = async () => (await stat(fetched).catch(() => ({ size: 0 }))).size
  await expect.poll(bytesThere, { timeout: 60_000, interval: 20 }).toBe(stall)
  killed.kill('SIGKILL')
  expect(await gone).toEqual([null, 'SIGKILL'])
  cloud.drop()
  // As if ten seconds had gone by in which nobody said to have the run.
  await t.services.db.updateTable('run').set({ held_at: null }).where('id', '=', run.runId).execute()
  await runAnalysis(t.services, run)
  const { status, files } = await outcomeOf(run.sampleId)
  expect([status, files[2]?.sha256]).toEqual(['succeeded', digestOf(large)])
  const [first, second, ...more] = rangesOf(name)
  expect([first, ...more]).toEqual(['bytes=0-'])
  const from = Number(/^bytes=(\d+)-$/.exec(second!)?.[1])
  expect(from).toBeGreaterThanOrEqual(3 * FLUSH_BYTES)
  expect(from).toBeLessThanOrEqual(stall)
})

test('a canceled sample stops its fetch, and leaves nothing behind', async () => {
  const name = anObject()
  cloud.fail(name, { kind: 'stall', after: 50_000 })
  const run = await aRun(anUpload(cloud.sign('s3', name)))
  const running = runAnalysis(t.services, run)
  while (cloud.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 1))
  await t.services.db.updateTable('run').set({ state: 'canceled' }).where('id', '=', run.runId).execute()
  await running
  cloud.drop()
  expect((await scratchNow()).filter((folder) => folder.startsWith(run.sampleId))).toEqual([])
})
