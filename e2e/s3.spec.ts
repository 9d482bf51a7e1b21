import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { expect, ROWS_MIN, test } from './fixtures.ts'
import { type RawExport, smallExport } from './raw/raw-export.ts'
import { beginUpload, isWhole, openedPage, type RawPage, rawPage, sendFile } from './raw/raw-page.ts'
import { statusHistoryOf, untilStatus } from './raw/sample-state.ts'
import { sendRequest } from './raw/send-request.ts'
import { type Partner, partnerOf } from './service/partner.ts'
import { type Bucket, rgwIsHere, startBucket } from './service/rgw.ts'
import { type Service, startService } from './service/start-service.ts'

const READY = '/api/health/ready'
const WITH_RANGE = { Range: 'bytes=100-299' }

/** Two web servers that share a database and a bucket, and no disk; files are encrypted at rest. */
let bucket: Bucket
let first: Service
let second: Service
let partner: Partner
let seed = 9_000

test.skip(!rgwIsHere(), 'S3: no radosgw here')
test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  bucket = await startBucket()
  first = await startService({ ...bucket.environment, ENCRYPT_AT_REST: '1' })
  const password = (await readFile(path.join(first.dataDir, 'postgres/password'), 'utf8')).trim()
  const socket = encodeURIComponent(path.join(first.dataDir, 'postgres/run'))
  second = await startService({
    ...bucket.environment,
    ENCRYPT_AT_REST: '1',
    PUBLIC_URL: first.origin,
    APP_SECRET: (await readFile(path.join(first.dataDir, 'app-secret'), 'utf8')).trim(),
    DATABASE_URL: `postgres://arraydrop:${password}@localhost:5432/arraydrop?host=${socket}`,
    DATA_DIR: await mkdtemp(path.join(os.tmpdir(), 'arraydrop-e2e-')),
    // Jobs are worked off by the other one: what it finds lies in the bucket alone.
    WORKER: 'off',
  })
  partner = await partnerOf(first, { rowsMin: ROWS_MIN })
})
test.afterAll(async () => {
  await second?.dispose()
  if (second) await rm(second.dataDir, { recursive: true, force: true })
  await first?.dispose()
  await bucket?.stop()
})

/** The same link's page, as the other server sees it. */
const elsewhere = (page: RawPage): RawPage =>
  rawPage(second, { sample_id: page.sampleId, url: `${first.origin}/?token=${page.token}` })

const largeExport = (): Promise<RawExport> => smallExport(++seed, { rows: 120_000, stored: true })

const offsetOf = async (page: RawPage, at: string) => Number((await page.head(at)).headers['upload-offset'])

async function sendRest(page: RawPage, at: string, file: RawExport): Promise<void> {
  const offset = await offsetOf(page, at)
  expect(isWhole(await page.patch(at, offset, file.bytes.subarray(offset)), file)).toBe(true)
}

/** Names of all files below both servers' own directories. */
async function localFiles(): Promise<string[]> {
  const names: string[] = []
  for (const { dataDir } of [first, second]) {
    const entries = await readdir(dataDir, { recursive: true, withFileTypes: true })
    names.push(
      ...entries.filter((entry) => entry.isFile()).map((entry) => `${entry.parentPath}/${entry.name}`),
    )
  }
  return names
}

async function objectsOf(sampleId: string): Promise<string[]> {
  return (await bucket.objects()).map(({ key }) => key).filter((key) => key.includes(sampleId))
}

/** A deliverable by its signed URL, from either server. */
async function download(
  service: Service,
  sampleId: string,
  type: string,
  { method = 'GET', ...headers }: Record<string, string> = {},
) {
  const answer = await partner.call('GET', `/api/v2/samples/${sampleId}`)
  const { files } = (await answer.json()) as { files: { file_type: string; download_url: string }[] }
  const { pathname, search } = new URL(files.find((file) => file.file_type === type)!.download_url)
  return fetch(`${service.address}${pathname}${search}`, { method, headers })
}

test('an upload that was begun on one server and finished on the other is one upload, and lies in the bucket alone', async () => {
  const file = await largeExport()
  const page = await openedPage(first, partner)
  const other = elsewhere(page)
  const at = await beginUpload(page, file)
  const step = 400_001
  for (let offset = 0; offset + step < file.bytes.length; offset += step) {
    const [one] = (offset / step) % 2 === 0 ? [page] : [other]
    expect((await one.patch(at, offset, file.bytes.subarray(offset, offset + step))).status).toBe(204)
  }
  expect((await objectsOf(page.sampleId)).length).toBeGreaterThan(5)
  await sendRest(other, at, file)
  await untilStatus(partner, page.sampleId, 'succeeded')
  expect(
    (await statusHistoryOf(partner, page.sampleId)).filter((status) => status === 'scheduled'),
  ).toHaveLength(1)

  for (const service of [first, second]) {
    const sizes = { 'content-length': String(file.bytes.length), etag: `"${file.sha256}"` }
    const answer = await download(service, page.sampleId, 'array-zip')
    expect(Object.fromEntries(answer.headers)).toMatchObject(sizes)
    const whole = Buffer.from(await answer.arrayBuffer())
    expect(createHash('sha256').update(whole).digest('hex')).toBe(file.sha256)
    const head = await download(service, page.sampleId, 'array-zip', { method: 'HEAD' })
    expect(Object.fromEntries(head.headers)).toMatchObject(sizes)
    const range = await download(service, page.sampleId, 'array-zip', WITH_RANGE)
    expect(range.status).toBe(206)
    expect(Object.fromEntries(range.headers)).toMatchObject({ ...sizes, 'content-length': '200' })
    expect(Buffer.from(await range.arrayBuffer()).equals(file.bytes.subarray(100, 300))).toBe(true)
  }

  await expect
    .poll(async () => (await objectsOf(page.sampleId)).filter((key) => key.includes('/parts/')))
    .toEqual([])
  const objects = await objectsOf(page.sampleId)
  expect(objects.length).toBeGreaterThan(3)
  for (const key of objects) {
    const bytes = await bucket.read(key)
    expect(bytes.subarray(0, 22).toString(), key).toBe('age-encryption.org/v1\n')
    expect(bytes.includes('PK\x03\x04') && bytes.includes('rsid'), key).toBe(false)
  }
  expect((await localFiles()).filter((name) => name.includes(page.sampleId))).toEqual([])

  const { key } = await first.admin<{ key: string }>('create-api-key', '--role', 'manager')
  const removed = await partner.call(
    'DELETE',
    `/api/v2/project-delete-samples/${partner.projectId}`,
    { sample_ids: [page.sampleId] },
    { Authorization: `Api-Key ${key}` },
  )
  expect(removed.status).toBeLessThan(300)
  await expect.poll(() => objectsOf(page.sampleId)).toEqual([])
})

test('last bytes that reach both servers at the same moment are received once', {
  tag: '@torture',
}, async () => {
  const file = await smallExport(++seed)
  const page = await openedPage(first, partner)
  const other = elsewhere(page)
  const at = await beginUpload(page, file)
  const half = file.bytes.length >> 1
  expect((await page.patch(at, 0, file.bytes.subarray(0, half))).status).toBe(204)
  const answers = await Promise.all(
    [page, other].map((one) => one.patch(at, half, file.bytes.subarray(half))),
  )
  expect(answers.some((answer) => isWhole(answer, file))).toBe(true)
  await untilStatus(partner, page.sampleId, 'succeeded')
  expect((await statusHistoryOf(partner, page.sampleId)).filter((status) => status !== 'running')).toEqual([
    'consumer awaiting data',
    'scheduled',
    'succeeded',
  ])
})

test('while S3 is away the page is told so in words; afterwards the upload goes on with every acknowledged byte', async () => {
  const file = await largeExport()
  const page = await openedPage(first, partner)
  const at = await beginUpload(page, file)
  const sent = 1_500_000
  expect((await page.patch(at, 0, file.bytes.subarray(0, sent))).status).toBe(204)

  await bucket.halt()
  const answers = [
    await page.patch(at, sent, file.bytes.subarray(sent)),
    await page.head(at),
    await page.send('GET', '/api/upload/state'),
  ]
  for (const answer of answers) expect(answer.status).toBe(503)
  for (const answer of [answers[0]!, answers[2]!]) {
    const { reason, detail } = answer.json<{ reason: string; detail: string }>()
    expect(reason).toBe('service_unavailable')
    expect(detail).toMatch(/try again/)
    expect(answer.body).not.toMatch(/ECONNREFUSED|127\.0\.0\.1|arraydrop\/parts/)
  }
  expect((await sendRequest(first.address, { method: 'GET', path: READY })).status).toBe(503)
  await bucket.resume()
  // What the log says of it names no key, no signature and no byte of the file.
  for (const secret of [
    bucket.environment.AWS_SECRET_ACCESS_KEY!,
    'X-Amz-Signature',
    'AWS4-HMAC',
    'AGE-SECRET',
  ]) {
    expect(first.output() + second.output()).not.toContain(secret)
  }

  await expect
    .poll(async () => (await sendRequest(first.address, { method: 'GET', path: READY })).status)
    .toBe(200)
  expect(await offsetOf(page, at)).toBeGreaterThanOrEqual(sent)
  await sendRest(page, at, file)
  await untilStatus(partner, page.sampleId, 'succeeded')
})

test('with the database and S3 away at once, the server that is left says when to try again; afterwards nothing is lost', {
  tag: '@torture',
}, async () => {
  const file = await largeExport()
  const page = elsewhere(await openedPage(first, partner))
  const at = await beginUpload(page, file)
  const sent = 1_600_000
  expect((await page.patch(at, 0, file.bytes.subarray(0, sent))).status).toBe(204)
  const complete = await smallExport(++seed)
  const waits = await openedPage(first, partner)
  await sendFile(waits, complete)

  await bucket.halt()
  // The database is the first server's child, and it would start it again.
  const postmaster = await readFile(path.join(first.dataDir, 'postgres/data/postmaster.pid'), 'utf8')
  await first.kill()
  process.kill(Number(postmaster.split('\n')[0]), 'SIGQUIT')
  const headers = { Authorization: `Api-Key ${partner.apiKey}` }
  const list = `/api/v2/project-samples/${partner.projectId}`
  const answers = {
    patch: await page.patch(at, sent, file.bytes.subarray(sent)),
    head: await page.head(at),
    state: await page.send('GET', '/api/upload/state'),
    partner: await sendRequest(second.address, { method: 'GET', path: list, headers }),
    ready: await sendRequest(second.address, { method: 'GET', path: READY }),
    person: await sendRequest(second.address, {
      method: 'GET',
      path: `/array-data-upload?token=${page.token}`,
    }),
  }
  for (const [what, { status, headers, body }] of Object.entries(answers)) {
    expect([status, Number(headers['retry-after'])], what).toEqual([503, expect.any(Number)])
    expect(Number(headers['retry-after']), what).toBeGreaterThan(0)
    expect(headers['content-type'], what).toMatch(what === 'person' ? /^text\/html/ : /^application\/json/)
    expect(body, what).not.toMatch(/ECONN|postgres|127\.0\.0\.1/)
  }

  await bucket.resume()
  await first.start()
  await expect
    .poll(async () => (await sendRequest(second.address, { method: 'GET', path: READY })).status)
    .toBe(200)
  expect(await offsetOf(page, at)).toBeGreaterThanOrEqual(sent)
  await sendRest(page, at, file)
  for (const { sampleId } of [page, waits])
    await untilStatus(partner, sampleId, 'succeeded', { seconds: 120 })
  const kept = await download(second, waits.sampleId, 'array-zip')
  const bytes = Buffer.from(await kept.arrayBuffer())
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(complete.sha256)
})

test('a server that is killed in mid-upload leaves every acknowledged byte to the other', {
  tag: '@torture',
}, async () => {
  const file = await largeExport()
  const page = elsewhere(await openedPage(first, partner))
  const at = await beginUpload(page, file)
  const sent = 1_700_000
  expect((await page.patch(at, 0, file.bytes.subarray(0, sent))).status).toBe(204)
  const patch = page.openPatch(at, sent, file.bytes.length - sent)
  await patch.write(file.bytes.subarray(sent, sent + 300_000))
  await second.kill()
  patch.cut()
  const left = rawPage(first, { sample_id: page.sampleId, url: `${first.origin}/?token=${page.token}` })
  expect(await offsetOf(left, at)).toBeGreaterThanOrEqual(sent)
  await sendRest(left, at, file)
  await untilStatus(partner, page.sampleId, 'succeeded')
})
