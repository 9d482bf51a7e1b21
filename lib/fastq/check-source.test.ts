import type { RequestListener } from 'node:http'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, expect, test } from 'vitest'
import { readEnv } from '#lib/platform/env.ts'
import { createOutbound } from '#lib/platform/outbound/create-outbound.ts'
import type { Resolve } from '#lib/platform/outbound/guarded-lookup.ts'
import type { Outbound, OutboundRequest } from '#lib/platform/outbound/outbound.ts'
import type { Problem } from '#lib/problem.ts'
import { checkSource } from './check-source.ts'
import { fastqBytes, sendRange, startStore, type TestStore } from './store-for-tests.ts'

const NOW = new Date('2026-11-21T17:00:00Z')
const SIGNATURE = 'zq9SECRET'

const fromHere = {
  env: { ...readEnv({}), allowPrivateTargets: true },
  outbound: createOutbound({ allowPrivate: true }),
}
const stops: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})
afterAll(() => fromHere.outbound.close())

async function storeOf(answer: RequestListener): Promise<TestStore> {
  const store = await startStore(answer)
  stops.push(() => store.stop())
  return store
}

const urlAt = (store: TestStore) => `${store.origin}/b/s1_R1.fastq.gz?sig=${SIGNATURE}`
const check = (url: string, services = fromHere) => checkSource(services, url, { now: NOW, rNotation: 'R1' })
const refusalOf = (checking: Promise<unknown>): Promise<Problem> =>
  checking.then(
    () => Promise.reject(new Error('Nothing was refused')),
    (problem: Problem) => problem,
  )

/** The words of a 400 on `source_url`, none of which is of the URL. */
async function wordsOf(checking: Promise<unknown>): Promise<string> {
  const problem = await refusalOf(checking)
  expect(problem.code).toBe('invalid')
  expect(Object.keys(problem.fields!)).toEqual(['source_url'])
  expect(JSON.stringify([problem.message, problem.fields])).not.toMatch(/zq9|127\.0\.0\.1/)
  return problem.fields!.source_url![0]!
}

test('one GET of the first 64 KiB, never a HEAD, tells the size of a file of any size', async () => {
  const large = Buffer.concat([fastqBytes(20_000), Buffer.alloc(300_000)])
  const ranges: unknown[] = []
  const store = await storeOf((request, response) => {
    ranges.push(request.headers.range)
    sendRange(request, response, large)
  })
  expect(await check(urlAt(store))).toEqual({
    host: new URL(store.origin).host,
    size: large.length,
    expiresAt: null,
  })
  expect(store.asked).toEqual([`GET /b/s1_R1.fastq.gz?sig=${SIGNATURE}`])
  expect(ranges).toEqual(['bytes=0-65535'])
})

test('a store that knows no ranges is read no further, and one that keeps the size to itself is taken at its word', async () => {
  const file = fastqBytes()
  let sent = 0
  const endless = await storeOf((request, response) => {
    response.writeHead(200, { 'Content-Length': 5_000_000_000 })
    response.write(file)
    const more = () => {
      while (!request.socket.destroyed && response.write(Buffer.alloc(65_536))) sent += 65_536
      if (!request.socket.destroyed) response.once('drain', more)
    }
    more()
  })
  expect(await check(urlAt(endless))).toMatchObject({ size: 5_000_000_000 })
  expect(sent).toBeLessThan(50_000_000)
  const silent = await storeOf((_request, response) =>
    response.writeHead(206, { 'Content-Range': 'bytes 0-65535/*' }).end(file),
  )
  expect(await check(urlAt(silent))).toMatchObject({ size: null })
})

const answering =
  (
    status: number,
    headers: Record<string, string> = {},
    body: string | Buffer = `<Error>${SIGNATURE}</Error>`,
  ): RequestListener =>
  (_request, response) =>
    void response.writeHead(status, headers).end(body)

test.each([
  [403, 'has expired, was not signed for GET'],
  [401, 'refuses the URL (401)'],
  [400, 'has expired, or is not whole'],
  [404, 'There is no file'],
  [410, 'There is no file'],
  [416, 'empty'],
  [301, 'another region'],
  [307, 'another region'],
  [418, 'does not give the file (418)'],
])('%i is explained: %s', async (status, words) => {
  const store = await storeOf(answering(status))
  expect(await wordsOf(check(urlAt(store)))).toContain(words)
})

test.each([
  ['an empty file', answering(200, {}, ''), 'empty'],
  ['no FASTQ', answering(200, {}, gzipSync('hello')), 'must begin'],
  ['200 GB and more', answering(206, { 'Content-Range': 'bytes 0-9/214748364801' }), 'larger than 200 GB'],
  ['a page', answering(200, {}, '<!doctype html>'), 'web page'],
  ['a file cut off within its first record', answering(200, {}, gzipSync('@a\nACGT\n')), 'in the middle'],
] as const)('what is there must be FASTQ: %s', async (_what, answer, words) => {
  expect(await wordsOf(check(urlAt(await storeOf(answer))))).toContain(words)
})

test('a store that is busy is nobody’s fault: 503, with its own time to wait, as far as that makes sense', async () => {
  for (const [status, after, seconds] of [
    [429, '7', 7],
    [503, '99999', 60],
    [500, 'soon', 5],
    [502, '0', 1],
  ] as const) {
    const problem = await refusalOf(check(urlAt(await storeOf(answering(status, { 'Retry-After': after })))))
    expect(problem).toMatchObject({ code: 'unavailable', retryAfterSeconds: seconds })
    expect(problem.message).not.toContain(SIGNATURE)
  }
})

test('a redirect is not followed, wherever it leads', async () => {
  const inside = await storeOf(answering(200, {}, fastqBytes()))
  for (const status of [301, 302, 303, 307, 308]) {
    const store = await storeOf(answering(status, { Location: `${inside.origin}/x_R1.fastq.gz` }))
    expect(await wordsOf(check(urlAt(store)))).toContain('somewhere else')
  }
  expect(inside.asked).toEqual([])
})

test('an object that its store unpacks on the way is looked at as it is stored', async () => {
  const packed = fastqBytes()
  const store = await storeOf((request, response) => {
    response.setHeader('X-Goog-Stored-Content-Encoding', 'gzip')
    if (request.headers['accept-encoding'] !== 'gzip') return void response.end('@read0\nACGTN\n+\nIIIII\n')
    response.setHeader('Content-Encoding', 'gzip')
    sendRange(request, response, packed)
  })
  expect(await check(urlAt(store))).toMatchObject({ size: packed.length })
})

test('a connection that breaks once is tried again, and one that always breaks cannot be reached', async () => {
  let times = 0
  const store = await storeOf((request, response) => {
    if (++times === 1) request.socket.destroy()
    else sendRange(request, response, fastqBytes())
  })
  expect(await check(urlAt(store))).toMatchObject({ host: new URL(store.origin).host })
  const broken = await storeOf((request) => void request.socket.destroy())
  expect(await wordsOf(check(urlAt(broken)))).toContain('cannot be reached')
  expect(broken.asked).toHaveLength(2)
})

/** A door as in production, but for names, and how often it was knocked at. */
function strict(resolve: Resolve, fastqHosts: string[] = []) {
  const door = createOutbound({ allowPrivate: false, resolve })
  stops.push(() => door.close())
  let sent = 0
  const outbound: Outbound = {
    ...door,
    send: (request: OutboundRequest) => {
      sent++
      return door.send(request)
    },
  }
  return { services: { env: { ...readEnv({}), fastqHosts }, outbound }, sent: () => sent }
}

const leadingTo =
  (...addresses: string[]): Resolve =>
  (_name, answer) =>
    answer(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )

test.each([
  'http://b.s3.amazonaws.com/s_R1.fastq.gz',
  'https://127.0.0.1/s_R1.fastq.gz',
  'https://127.1/s_R1.fastq.gz',
  'https://2130706433/s_R1.fastq.gz',
  'https://0x7f000001/s_R1.fastq.gz',
  'https://169.254.169.254/latest/s_R1.fastq.gz',
  'https://[::1]/s_R1.fastq.gz',
  'https://[::ffff:127.0.0.1]/s_R1.fastq.gz',
  'https://[::ffff:7f00:1]/s_R1.fastq.gz',
  'https://[64:ff9b::7f00:1]/s_R1.fastq.gz',
  'https://[fd00::1]/s_R1.fastq.gz',
  'https://localhost/s_R1.fastq.gz',
  'https://b.localhost/s_R1.fastq.gz',
  'https://metadata.google.internal/s_R1.fastq.gz',
  'https://evil.example/s_R1.fastq.gz',
  'https://user:zq9@b.s3.amazonaws.com/s_R1.fastq.gz',
  'https://b.s3.amazonaws.com@evil.example/s_R1.fastq.gz',
  'https://evil.example\\.s3.amazonaws.com/s_R1.fastq.gz',
  'https://b.s3.amazonaws.com:22/s_R1.fastq.gz',
  'https://b.s3.amazonaws.com/s_R1.fastq.gz#zq9',
  'https://b.s3.amazonaws.com/s_R1.fastq.gz\n',
  'https://b.s3.amazonaws.com/s_R1.bam',
  `https://b.s3.amazonaws.com/${'a'.repeat(4_096)}_R1.fastq.gz`,
  'file:///etc/passwd_R1.fastq.gz',
  'gopher://127.0.0.1/s_R1.fastq.gz',
  's3://b/s_R1.fastq.gz',
  '/data/s_R1.fastq.gz',
])('nothing is sent to %s', async (url) => {
  const { services, sent } = strict(leadingTo('127.0.0.1'))
  expect(await wordsOf(check(url, services))).not.toBe('')
  expect(sent()).toBe(0)
})

test.each([
  ['127.0.0.1'],
  ['10.0.0.1'],
  ['169.254.169.254'],
  ['::1'],
  ['::ffff:10.0.0.1'],
  ['8.8.8.8', '127.0.0.1'],
])(
  'a name of an allowed host that leads to %s is not connected to, and looks like one that is not there',
  async (...addresses) => {
    const { services } = strict(leadingTo(...addresses), ['data.clinic.example'])
    const words = await wordsOf(check('https://data.clinic.example/s_R1.fastq.gz', services))
    const nowhere = strict((_name, answer) => answer(new Error('ENOTFOUND'), []), ['data.clinic.example'])
    expect(await wordsOf(check('https://data.clinic.example/s_R1.fastq.gz', nowhere.services))).toBe(words)
  },
)

test('a name that turns private between two looks is not connected to either', async () => {
  const answers: Resolve[] = [(_name, answer) => answer(new Error('EAI_AGAIN'), []), leadingTo('127.0.0.1')]
  let asked = 0
  const { services, sent } = strict((name, answer) => answers[asked++]!(name, answer), ['*.clinic.example'])
  expect(await wordsOf(check('https://data.clinic.example/s_R1.fastq.gz', services))).toContain(
    'cannot be reached',
  )
  expect([sent(), asked]).toEqual([2, 2])
})

test('until when the URL works comes with it', async () => {
  const store = await storeOf((request, response) => sendRange(request, response, fastqBytes()))
  const query = 'AWSAccessKeyId=A&Signature=s&Expires='
  const ends = await check(`${store.origin}/s_R1.fastq.gz?${query}1795284000`)
  expect(ends.expiresAt).toEqual(new Date(1_795_284_000_000))
  expect(await wordsOf(check(`${store.origin}/s_R1.fastq.gz?${query}1795280400`))).toContain('expired')
  expect(store.asked).toHaveLength(1)
})
