import { randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { expect, ROWS_MIN, test } from './fixtures.ts'
import { sendRequest } from './raw/send-request.ts'
import { type Partner, partnerOf } from './service/partner.ts'
import { type Service, startService } from './service/start-service.ts'

const SECRET = 'zq9SIGNATURE'
const FILE = gzipSync('@read1\nACGT\n+\nIIII\n'.repeat(50))

let service: Service
let partner: Partner
let store: Server
let origin: string

// A service of its own: files of every other one may not lie on this machine.
test.beforeAll(async () => {
  service = await startService({ ALLOW_PRIVATE_TARGETS: '1', WORKER: 'off' })
  partner = await partnerOf(service, { rowsMin: ROWS_MIN })
  store = createServer((request, response) => {
    const found = request.method === 'GET' && request.url!.startsWith('/b/')
    if (found)
      response.writeHead(206, { 'Content-Range': `bytes 0-${FILE.length - 1}/${FILE.length}` }).end(FILE)
    else response.writeHead(403).end(`<Error>${SECRET}</Error>`)
  })
  await new Promise<void>((resolve) => store.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(store.address() as AddressInfo).port}`
})
test.afterAll(async () => {
  store?.closeAllConnections()
  store?.close()
  await service?.dispose()
})

interface Uploaded {
  id: string
  destination_path: string
  last_status: { id: string; status: string; note: string; created: string }
  source_url: string
}

const post = async <Answer>(path: string, body: unknown, status: number, headers = {}): Promise<Answer> => {
  const answer = await partner.call('POST', `/api/v2/${path}`, body, headers)
  const text = await answer.text()
  expect([answer.status, text]).toEqual([status, expect.anything()])
  return JSON.parse(text) as Answer
}
const get = async <Answer>(path: string): Promise<Answer> =>
  (await partner.call('GET', `/api/v2/${path}`)).json() as Promise<Answer>

const upload = (destination: string, name: string) =>
  post<Uploaded>(
    'uploads-url/',
    { destination_path: `${destination}${name}`, source_url: `${origin}/b/${name}?sig=${SECRET}` },
    201,
  )

test('the calls of Gencove’s command line, in its order, make samples of URLs', async () => {
  const keys = await post<{ expiry_time: string }>('upload-credentials/', {}, 201)
  expect(Date.parse(keys.expiry_time)).toBeGreaterThan(Date.now() + 86_400_000)

  const destination = `gncv://cli-url-20261121173212-${randomUUID().replaceAll('-', '')}/`
  const r1 = await upload(destination, 's1_R1.fastq.gz')
  expect(r1).toMatchObject({ source: 'cli url', source_url: `${origin}/b/s1_R1.fastq.gz?sig=${SECRET}` })
  expect(r1.last_status.status).toBe('succeeded')
  // It repeats what was not answered.
  expect(await upload(destination, 's1_R1.fastq.gz')).toEqual(r1)
  const r2 = await upload(destination, 's1_R2.fastq.gz')
  const single = await upload(destination, 's2_R1.fastq.gz')

  const query = 'status=unassigned&sort_by=created&sort_order=desc&offset=0&limit=200'
  const search = encodeURIComponent(destination)
  const sheet = await get<{ meta: object; results: object[] }>(`sample-sheet/?search=${search}&${query}`)
  const part = ({ id, destination_path, last_status, source_url }: Uploaded) =>
    expect.objectContaining({
      upload: id,
      destination_path,
      last_status,
      source_url: source_url.split('?')[0],
    })
  expect(sheet).toEqual({
    meta: { count: 2, next: null, previous: null },
    results: [
      { client_id: 's2', fastq: { r1: part(single) }, project: partner.projectId, sample: null },
      { client_id: 's1', fastq: { r1: part(r1), r2: part(r2) }, project: partner.projectId, sample: null },
    ],
  })

  const path = `project-samples/${partner.projectId}`
  const body = { uploads: sheet.results, metadata: { a: 1 } }
  const key = { 'Idempotency-Key': randomUUID() }
  const assigned = await post<{ uploads: { sample: string }[] }>(path, body, 201, key)
  expect(assigned).toEqual({
    uploads: [
      { client_id: 's2', fastq: { r1: { upload: single.id }, r2: null }, sample: expect.any(String) },
      {
        client_id: 's1',
        fastq: { r1: { upload: r1.id }, r2: { upload: r2.id } },
        sample: expect.any(String),
      },
    ],
    metadata: { a: 1 },
  })
  expect(await post(path, body, 201, key)).toEqual(assigned)
  expect(await post(path, body, 400)).toEqual({
    uploads: expect.arrayContaining([expect.stringContaining('already')]),
  })
  expect(await post(path, { uploads: [], metadata: null }, 201)).toEqual({ uploads: [], metadata: null })

  const sample = await get<{ client_id: string; last_status: object }>(
    `samples/${assigned.uploads[1]!.sample}`,
  )
  expect(sample).toMatchObject({
    client_id: 's1',
    last_status: { status: 'scheduled' },
    upload_session: null,
  })
  expect(await get(`uploads/${r1.id}`)).toMatchObject({
    sample: assigned.uploads[1]!.sample,
    size: FILE.length,
  })
})

test('a body of 200 rows with the longest names, escaped as Python does it, is read', async () => {
  const clientId = 'ü'.repeat(250)
  const part = () => ({ upload: randomUUID(), destination_path: `gncv://x/${clientId}_R1.fastq.gz` })
  const uploads = Array.from({ length: 200 }, () => ({
    client_id: clientId,
    fastq: { r1: part(), r2: part() },
  }))
  const text = JSON.stringify({ uploads, metadata: null }).replaceAll('ü', '\\u00fc')
  expect(text.length).toBeGreaterThan(900_000)
  const answer = await sendRequest(service.address, {
    method: 'POST',
    path: `/api/v2/project-samples/${partner.projectId}`,
    headers: {
      Authorization: `Api-Key ${partner.apiKey}`,
      'Content-Type': 'application/json',
      'Idempotency-Key': randomUUID(),
    },
    body: text,
  })
  expect([answer.status, answer.body.slice(0, 60)]).toEqual([
    400,
    expect.stringContaining('Sample 1: upload'),
  ])
})

test('a store’s refusal is explained in words, and a local file is rejected with advice', async () => {
  const refused = await post<object>(
    'uploads-url/',
    {
      destination_path: 'gncv://x/s1_R1.fastq.gz',
      source_url: `${origin}/private/s1_R1.fastq.gz?sig=${SECRET}`,
    },
    400,
  )
  expect(refused).toEqual({ source_url: [expect.stringContaining('refuses the URL (403)')] })
  for (const path of ['uploads-post-data/', 'uploads-post-data', 'uploads-presigned-post-data/']) {
    const answer = await sendRequest(service.address, {
      method: 'POST',
      path: `/api/v2/${path}`,
      headers: { Authorization: `Api-Key ${partner.apiKey}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ destination_path: 'gncv://x/s1.fastq.gz' }),
    })
    expect(answer.status).toBe(400)
    expect(answer.json()).toEqual({ detail: expect.stringContaining('presign') })
  }
})

test('uploads are found, forgotten, and their destinations never used again', async () => {
  const destination = `gncv://${randomUUID()}/`
  const { id, destination_path } = await upload(destination, 's1_R1.fastq.gz')
  const found = await get<{ results: object[] }>(`uploads/?search=${encodeURIComponent(destination)}`)
  expect(found.results).toMatchObject([{ id, destination_path, source_url: `${origin}/b/s1_R1.fastq.gz` }])
  expect(await post('uploads-delete-unassigned/', { upload_ids: [id] }, 200)).toEqual({ upload_ids: [id] })
  expect((await partner.call('GET', `/api/v2/uploads/${id}`)).status).toBe(404)
  const again = { destination_path, source_url: `${origin}/b/s1_R1.fastq.gz?sig=${SECRET}` }
  expect(await post('uploads-url/', again, 400)).toEqual({
    destination_path: [
      `Destination ${destination_path} is taken by another upload that was deleted. Please choose a different destination.`,
    ],
  })
})

test('no URL reaches the log, whether it worked or not', async () => {
  expect(service.output()).not.toContain(SECRET)
  expect(service.output()).not.toContain('s1_R1')
})

test('by default, an installation fetches nothing from internal addresses', async ({ partner: ordinary }) => {
  for (const source of [
    `${origin}/b/s1_R1.fastq.gz`,
    origin.replace('http', 'https').concat('/b/s1_R1.fastq.gz'),
  ]) {
    const body = { destination_path: 'gncv://x/s1_R1.fastq.gz', source_url: source }
    const answer = await ordinary.call('POST', '/api/v2/uploads-url/', body)
    expect(answer.status).toBe(400)
    expect(await answer.json()).toEqual({ source_url: [expect.stringContaining('Amazon S3')] })
  }
})
