import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { partnerClient } from './partner-client.ts'
import { readMapFile } from './read-map-file.ts'
import { journalFile } from './upload-journal.ts'
import { uploadMap } from './upload-map.ts'

const PROJECT = '33333333-3333-4333-8333-333333333333'
const SECRET = 'signature=abcdef'
type Answer = { status: number; body?: unknown; headers?: Record<string, string> } | 'cut'

/** The service, as far as an upload sees it, with the shapes of Gencove's API; `fail` says what goes wrong. */
async function startFakeService() {
  const uploads = new Map<string, { id: string; source: string }>()
  const answered = new Map<string, unknown>()
  const posts: { path: string; body: Record<string, unknown>; key: string | undefined }[] = []
  let atOnce = 0
  const gathered = Promise.withResolvers<void>()
  const service = {
    uploads,
    posts,
    atOnceMax: 0,
    /** No upload gets a response before this many requests are in flight. */
    gather: 0,
    samples: 0,
    /** Called before and after a POST: the response to send instead. */
    fail: (_: { path: string; body: Record<string, unknown>; done: boolean }): Answer | undefined =>
      undefined,
  }
  const act = (url: URL, body: Record<string, unknown>, key: string | undefined): Answer => {
    if (url.pathname === '/api/v2/uploads-url/') {
      const { destination_path: at, source_url: source } = body as Record<string, string>
      const known = uploads.get(at!)
      if (known && known.source !== source) return { status: 400, body: { destination_path: ['Taken.'] } }
      const upload = known ?? { id: `upload-${uploads.size}`, source: source! }
      uploads.set(at!, upload)
      return { status: 201, body: { id: upload.id, warnings: /s7/.test(at!) ? ['Soon over.'] : undefined } }
    }
    if (url.pathname === '/api/v2/sample-sheet/') {
      const [limit, offset] = ['limit', 'offset'].map((name) => Number(url.searchParams.get(name)))
      const rows = [...uploads].map(([destination_path, { id }]) => ({
        client_id: destination_path,
        fastq: { r1: { upload: id, destination_path, source_url: 'https://host/x' } },
      }))
      const next = offset! + limit! < rows.length ? `http://host/?offset=${offset! + limit!}` : null
      return { status: 200, body: { meta: { next }, results: rows.slice(offset, offset! + limit!) } }
    }
    if (key !== undefined && answered.has(key)) return { status: 201, body: answered.get(key) }
    const asked = body.uploads as { client_id: string; fastq: Record<string, { upload: string }> }[]
    const made = asked.map(({ client_id, fastq }) => ({
      client_id,
      fastq: { r1: { upload: fastq.r1!.upload }, r2: fastq.r2 ? { upload: fastq.r2.upload } : null },
      sample: `sample-${service.samples++}`,
    }))
    answered.set(key!, { uploads: made })
    return { status: 201, body: { uploads: made } }
  }
  const send = (response: ServerResponse, answer: Answer) => {
    if (answer === 'cut') return void response.destroy()
    const headers = { 'Content-Type': 'application/json', ...answer.headers }
    response.writeHead(answer.status, headers).end(JSON.stringify(answer.body ?? {}))
  }
  const server = createServer(async (request, response) => {
    service.atOnceMax = Math.max(service.atOnceMax, ++atOnce)
    if (atOnce >= service.gather) gathered.resolve()
    await gathered.promise
    let text = ''
    for await (const chunk of request) text += chunk
    const url = new URL(request.url!, 'http://host')
    const body = text === '' ? {} : JSON.parse(text)
    const key = request.headers['idempotency-key'] as string | undefined
    if (request.method === 'POST') posts.push({ path: url.pathname, body, key })
    const asked = { path: url.pathname, body }
    const refusal = service.fail({ ...asked, done: false })
    const answer = refusal ?? act(url, body, key)
    send(response, refusal ?? service.fail({ ...asked, done: true }) ?? answer)
    atOnce -= 1
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return Object.assign(service, {
    host,
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  })
}

let folder: string
let file: string
let service: Awaited<ReturnType<typeof startFakeService>>
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'arraydrop-map-'))
  file = path.join(folder, 'urls.fastq-map.csv')
  service = await startFakeService()
})
afterEach(async () => {
  await service.stop()
  await rm(folder, { recursive: true, force: true })
})

const row = (clientId: string, r: string) =>
  `${clientId},${r},https://cloud.example/${clientId}.${r}.fq.gz?${SECRET}`
const writeMap = (...rows: string[]) => writeFile(file, ['client_id,r_notation,path', ...rows].join('\n'))

const said: string[] = []
async function run({
  destination,
  project = PROJECT,
  resume = true,
}: Partial<Parameters<typeof uploadMap>[1]> = {}) {
  said.length = 0
  return uploadMap(partnerClient({ host: service.host }, { patience: 20_000 }), {
    file,
    map: await readMapFile(file),
    host: service.host,
    destination,
    resume,
    project,
    metadata: { batch: 1 },
    say: (message) => said.push(message),
    onProgress: () => {},
  })
}

const postsTo = (at: string) => service.posts.filter((post) => post.path.startsWith(at))
const journal = () => readFile(journalFile(file), 'utf8')

test('a thousand files are uploaded four at a time and assigned in calls of at most 200 samples', async () => {
  await writeMap(...Array.from({ length: 500 }, (_, at) => [row(`s${at}`, 'R2'), row(`s${at}`, 'R1')]).flat())
  service.gather = 4
  const { destination, uploads, samples, refused, warnings } = await run()
  expect(warnings).toContainEqual({ line: 17, message: 'Soon over.' })
  expect(destination).toMatch(/^gncv:\/\/cli-url-\d{14}-[0-9a-f]{32}\/$/)
  expect([uploads.length, refused.length]).toEqual([1_000, 0])
  expect(service.uploads.get(`${destination}s7_R2.fastq.gz`)!.source).toContain('s7.R2.fq.gz?sig')
  expect(service.atOnceMax).toBe(4)
  expect(postsTo('/api/v2/project-samples').map(({ body }) => (body.uploads as unknown[]).length)).toEqual([
    200, 200, 100,
  ])
  expect(postsTo('/api/v2/project-samples')[0]!.body.metadata).toEqual({ batch: 1 })
  expect(samples!.map(({ client_id }) => client_id)).toEqual(Array.from({ length: 500 }, (_, at) => `s${at}`))
})

test('exactly 200 samples are one call, and a sample without R2 has no R2 field', async () => {
  await writeMap(...Array.from({ length: 200 }, (_, at) => row(`s${at}`, 'r1')))
  const { samples } = await run({ destination: 'gncv://mine/' })
  expect(postsTo('/api/v2/project-samples')).toHaveLength(1)
  expect(samples![0]!.fastq).toEqual({
    r1: { upload: service.uploads.get('gncv://mine/s0_R1.fastq.gz')!.id },
  })
})

test('requests that are throttled, fail or break off are sent again, and create nothing twice', async () => {
  await writeMap(row('s1', 'R1'), row('s1', 'R2'), row('s2', 'R1'))
  const faults: Answer[] = [
    { status: 429, headers: { 'Retry-After': '0' } },
    { status: 500 },
    { status: 503, headers: { 'Retry-After': '0' } },
    'cut',
  ]
  // A request that broke off after it was processed counts as done.
  service.fail = ({ done }) => (done ? faults.pop() : undefined)
  const { samples } = await run()
  expect(samples).toHaveLength(2)
  expect(service.uploads.size).toBe(3)
  expect(service.samples).toBe(2)
})

test('samples whose response was lost are not created again', async () => {
  await writeMap(row('s1', 'R1'))
  let cuts = 1
  service.fail = ({ path: at, done }) =>
    done && at.startsWith('/api/v2/project-samples') && cuts-- > 0 ? 'cut' : undefined
  expect((await run()).samples).toEqual([
    { client_id: 's1', fastq: { r1: { upload: 'upload-0' } }, sample: 'sample-0' },
  ])
  const [first, second] = postsTo('/api/v2/project-samples')
  expect(second!.key).toBe(first!.key)
})

test('refused samples leave the uploads in place, so that the same command can resume', async () => {
  await writeMap(row('s1', 'R1'))
  service.fail = ({ path: at }) =>
    at.startsWith('/api/v2/project-samples') ? { status: 400, body: ['No such project.'] } : undefined
  await expect(run()).rejects.toThrow(/successfully uploaded, but .*\nNo such project\.$/)
  service.fail = () => undefined
  service.posts.length = 0
  expect((await run()).samples).toHaveLength(1)
  expect(postsTo('/api/v2/uploads-url')).toEqual([])
})

test('an interrupted upload resumes where it was, and the journal reveals no URL', async () => {
  await writeMap(...Array.from({ length: 40 }, (_, at) => row(`s${at}`, 'R1')))
  service.fail = ({ done }) =>
    !done && service.uploads.size >= 20 ? { status: 403, body: { detail: 'No.' } } : undefined
  await expect(run()).rejects.toThrow('No.')
  expect(await journal()).not.toContain('abcdef')
  expect(await journal()).not.toContain('cloud.example')
  expect((await stat(journalFile(file))).mode & 0o777).toBe(0o600)

  const before = service.uploads.size
  service.posts.length = 0
  service.fail = () => undefined
  const { samples, forget } = await run()
  expect(said[1]).toBe(`Resuming an earlier upload: ${before} of 40 files are already uploaded.`)
  expect(postsTo('/api/v2/uploads-url')).toHaveLength(40 - before)
  expect([service.uploads.size, samples!.length]).toEqual([40, 40])

  // Until the result is stored safely, the same samples are returned again.
  expect((await run()).samples).toEqual(samples)
  expect(service.samples).toBe(40)
  await forget()
  await expect(journal()).rejects.toThrow('ENOENT')
})

test('refused rows do not stop the others; once corrected, only they are sent', async () => {
  await writeMap(row('s1', 'R1'), row('bad', 'R1'), row('s2', 'R1'), row('worse', 'R1'))
  service.fail = ({ body }) =>
    /bad|worse/.test(String(body.source_url))
      ? { status: 400, body: { source_url: ['Expired.'] } }
      : undefined
  const { refused, samples, destination } = await run()
  expect(refused).toEqual([
    { line: 3, message: 'path: Expired.' },
    { line: 5, message: 'path: Expired.' },
  ])
  expect(samples).toBeUndefined()
  expect(postsTo('/api/v2/project-samples')).toEqual([])

  await writeMap(row('s1', 'R1'), row('good', 'R1'), row('s2', 'R1'))
  service.posts.length = 0
  expect((await run()).samples!.map(({ client_id }) => client_id)).toEqual(['s1', 'good', 's2'])
  expect(postsTo('/api/v2/uploads-url')).toHaveLength(1)
  expect([...service.uploads.keys()].every((at) => at.startsWith(destination))).toBe(true)
})

test.each([
  [
    'a map whose uploaded rows changed',
    async () => writeMap(row('s1', 'R1'), `${row('s2', 'R1')}&again`),
    {},
  ],
  ['another destination', async () => {}, { destination: 'gncv://elsewhere/' }],
  ['anyone who asks for it', async () => {}, { resume: false }],
])('an upload starts over for %s, and reports what stays behind', async (_, change, means) => {
  await writeMap(row('s1', 'R1'), row('s2', 'R1'))
  const first = await run()
  await change()
  const second = await run(means)
  expect(second.destination).not.toBe(first.destination)
  expect(said[0]).toContain(`2 files stay at ${first.destination}`)
})

test('a journal that cannot be read or written does not stop an upload', async () => {
  await writeMap(row('s1', 'R1'))
  await writeFile(journalFile(file), '{"version":1')
  expect((await run()).samples).toHaveLength(1)
  await rm(journalFile(file))
  // A folder takes its place.
  await mkdir(path.join(journalFile(file), 'in-the-way'), { recursive: true })
  expect((await run()).samples).toHaveLength(1)
  expect(said.some((message) => message.startsWith('Cannot write'))).toBe(true)
})
