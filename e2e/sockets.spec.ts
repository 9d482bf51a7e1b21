import { once } from 'node:events'
import { access, readdir } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import path from 'node:path'
import { expect, test } from './fixtures.ts'
import { sendRequest } from './raw/send-request.ts'
import type { Service } from './service/start-service.ts'

/** Sends bytes as they are; what the service says until it ends the connection. */
async function talk(service: Service, head: string): Promise<string> {
  const socket = open(service)
  socket.write(`${head}\r\nHost: x\r\n\r\n`)
  let said = ''
  socket.on('data', (data) => (said += data))
  await once(socket, 'end')
  socket.destroy()
  return said
}

function open(service: Service): Socket {
  const socket = connect({ port: Number(new URL(service.address).port), host: '127.0.0.1' })
  socket.on('error', () => {})
  return socket
}

/** Paths on which Next takes an upgrade and never ends it, and some others. */
const UPGRADED = [
  '/',
  '//x',
  '/%ff',
  '/_next/webpack-hmr',
  '/_next/static/x',
  '/api/v2/',
  '/array-data-upload',
]
const WEB_SOCKET = 'Connection: Upgrade\r\nUpgrade: websocket'
const ODD = [
  ...UPGRADED.map((url) => `GET ${url} HTTP/1.1\r\n${WEB_SOCKET}`),
  'CONNECT example.org:443 HTTP/1.1',
  'TRACE / HTTP/1.1',
  'OPTIONS * HTTP/1.1',
  'PROPFIND /api/v2/ HTTP/1.1',
  'BREW /api/v2/ HTTP/1.1',
  'GET //x HTTP/1.1',
  'GET //api/v2/samples HTTP/1.0',
  'GET /console/samples/%ff HTTP/1.1',
  'GET /api/v2/samples/%ff HTTP/1.1',
  'GET /api/v2/project-samples/%E0%A4%A HTTP/1.1',
  'GET /api/upload/%c0%af HTTP/1.1',
  'GET /?x=%ff HTTP/1.0',
]

test('every odd request is answered, without a server error, and its connection is closed', async ({
  service,
}) => {
  for (const head of ODD) {
    const said = await talk(service, head)
    expect(said, head).toMatch(/^HTTP\/1\.1 [234]\d\d /)
    if (/ \/+api\//.test(head)) {
      expect(said, head).toMatch(/content-type: application\/json/i)
      // A response of Next comes in chunks.
      expect(JSON.parse(/\{.*\}/s.exec(said)?.[0] ?? ''), head).toHaveProperty('detail')
    }
  }
})

test('a path of the API with surplus slashes is served without a redirect, under the same checks', async ({
  service,
  partner,
}) => {
  const send = (method: string, path: string, headers: Record<string, string> = {}, body?: string) =>
    sendRequest(service.address, {
      method,
      path,
      headers: { 'Content-Type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body }),
    })
  const own = { Authorization: `Api-Key ${partner.apiKey}` }
  const minted = await send('POST', '//api/v2/array-data-upload-form/', own, '{}')
  expect(minted.status, minted.body).toBe(201)
  const { sample_id } = minted.json<{ sample_id: string }>()
  expect((await send('GET', `/api//v2///samples/${sample_id}//`, own)).status).toBe(200)
  expect((await send('GET', `//api/v2/samples/${sample_id}`)).status).toBe(401)
  expect((await send('POST', '//api/upload/open', {}, '{}')).status).toBe(401)
  const elsewhere = { Origin: 'https://elsewhere.example' }
  expect((await send('POST', '//api/auth/sign-in', elsewhere, '{}')).status).toBe(403)
})

test('a method that a path does not take is answered with those that it does', async ({ service }) => {
  const READS = 'GET, HEAD, OPTIONS'
  const paths = {
    '/api/v2/pipeline/': READS,
    '//api/v2/pipeline': READS,
    '/api/v2/projects/': 'GET, POST, HEAD, OPTIONS',
    '/api/v2/uploads-delete-unassigned/': 'POST, OPTIONS',
    '/api/auth/sign-in': 'POST, OPTIONS',
    '/api/health/ready': READS,
    '/api/files/x/y': READS,
    '/api/upload/state': READS,
    '/api/upload/files': 'POST, OPTIONS',
    '/api/upload/files/x': 'HEAD, PATCH, DELETE, OPTIONS',
    '/api/upload/files/doctor': 'HEAD, PATCH, DELETE, OPTIONS',
    '/api/upload/files?doctor': 'POST, OPTIONS',
    '/doctor/': 'GET, HEAD',
    '/console': 'GET, HEAD',
    '/array-data-upload': 'GET, HEAD',
  }
  for (const [path, allow] of Object.entries(paths)) {
    for (const method of ['TRACE', 'PROPFIND', 'LOCK']) {
      const refused = await sendRequest(service.address, { method, path, headers: { 'Asked-Method': 'GET' } })
      expect([path, method, refused.status, refused.headers.allow]).toEqual([path, method, 405, allow])
      expect(refused.body).toContain(method)
    }
  }
  const path = '/api/upload/files'
  const options = await sendRequest(service.address, { method: 'OPTIONS', path })
  expect([options.status, options.headers.allow]).toEqual([204, 'POST, OPTIONS'])
  const headers = { 'Content-Encoding': 'gzip' }
  expect((await sendRequest(service.address, { method: 'POST', path, headers })).status).toBe(415)
  for (const [method, at, allow] of [
    ['GET', path, 'POST, OPTIONS'],
    ['PATCH', path, 'POST, OPTIONS'],
    ['POST', `${path}/x`, 'HEAD, PATCH, DELETE, OPTIONS'],
  ] as const) {
    const wrong = await sendRequest(service.address, { method, path: at })
    expect([method, at, wrong.status, wrong.headers.allow]).toEqual([method, at, 405, allow])
  }
  const put = await sendRequest(service.address, { method: 'PUT', path })
  expect([put.status, put.headers.allow]).toEqual([405, 'POST, OPTIONS'])
  for (const [method, at, status] of [
    ['POST', '/embed.js', 405],
    ['DELETE', '/console', 405],
    ['DELETE', '/', 405],
    ['PUT', '/docs', 405],
    ['POST', '/icon.svg', 405],
    ['OPTIONS', '/docs', 204],
  ] as const) {
    const wrong = await sendRequest(service.address, { method, path: at })
    expect([method, at, wrong.status, wrong.headers.allow]).toEqual([method, at, status, 'GET, HEAD'])
  }
  const form = { method: 'POST', path: '/console/sign-in?next=x', body: 'email=a&password=b' }
  const back = await sendRequest(service.address, form)
  expect([back.status, back.headers.location]).toEqual([303, '/console/sign-in?next=x'])
  const nowhere = await sendRequest(service.address, { method: 'PROPFIND', path: '/api/v2/nothing' })
  expect(nowhere.status).toBe(404)
})

test('no condition, range or header of Next’s own makes a page or a file fail', async ({ service }) => {
  const conditions: Record<string, string>[] = [
    { RSC: '1', 'Next-Router-State-Tree': 'junk%' },
    { RSC: '1', 'Next-Router-State-Tree': '%5B%22%22%5D' },
    { RSC: '1', 'Next-Router-State-Tree': 'x'.repeat(10_000) },
    { RSC: '1', 'Next-Router-Prefetch': '1', 'Next-Router-Segment-Prefetch': '/%ff' },
    { Range: 'bytes=99999999-' },
    { Range: 'bytes=0-1,5-6' },
    { Range: 'lines=x' },
    { 'If-Match': '"x"' },
    { 'If-Unmodified-Since': 'Thu, 01 Jan 1970 00:00:00 GMT' },
    { 'If-Range': '"x"', Range: 'bytes=5-' },
    { 'If-None-Match': '*' },
    { 'If-Modified-Since': 'never' },
  ]
  for (const path of [
    '/embed.js',
    '/icon.svg',
    '/docs',
    '/console/sign-in',
    '/array-data-upload',
    '/nothing',
  ]) {
    for (const headers of conditions) {
      const { status } = await sendRequest(service.address, { method: 'GET', path, headers })
      expect(path === '/nothing' ? [404] : [200, 304, 307], `${path} ${JSON.stringify(headers)}`).toContain(
        status,
      )
    }
  }
})

test('no header or parameter of Next’s own changes a response of the API', async ({ service, partner }) => {
  const own = { Authorization: `Api-Key ${partner.apiKey}` }
  const ask = async (path: string, headers: Record<string, string>) => {
    const {
      status,
      body,
      headers: sent,
    } = await sendRequest(service.address, { method: 'GET', path, headers })
    const { date: _date, 'request-id': _id, ...rest } = sent
    return { status, headers: rest, body }
  }
  const odd: Record<string, string>[] = [
    { RSC: '1' },
    { RSC: '1', 'Next-Router-Prefetch': '1', 'Next-Router-Segment-Prefetch': '/_tree' },
    { RSC: '1', 'Next-Router-State-Tree': '%5B%22%22%5D', 'Next-Url': '/console' },
    { 'Next-Action': 'x', 'Content-Type': 'multipart/form-data; boundary=x' },
    { 'Next-HMR-Refresh': '1', 'Next-Resume': '1' },
    { 'X-Nextjs-Data': '1', 'X-Middleware-Prefetch': '1', 'X-Middleware-Subrequest': 'middleware' },
    { 'X-Matched-Path': '/console', 'X-Now-Route-Matches': '1=x', 'X-Invoke-Path': '/console' },
    { 'X-Prerender-Revalidate': 'x', 'X-Prerender-Revalidate-If-Generated': '1' },
    { Cookie: '__prerender_bypass=x; __next_preview_data=x; next-instant-navigation-testing=1' },
    { Purpose: 'prefetch', Accept: 'text/x-component', 'Sec-Fetch-Dest': 'script' },
    { 'X-Forwarded-Host': 'a b', 'X-Forwarded-Proto': 'gopher', 'X-Forwarded-Port': 'x' },
    { 'X-Forwarded-Host': 'elsewhere.example', 'X-Forwarded-For': 'x' },
    { Host: 'elsewhere.example' },
    { Host: 'a b%' },
  ]
  for (const path of ['/api/v2/projects/', '/api/v2/pipeline', '/api/v2/nothing', '/api/health/live']) {
    const plain = await ask(path, own)
    for (const headers of odd) {
      const answer = await ask(path, { ...own, ...headers })
      expect({ asked: headers, ...answer }).toEqual({ asked: headers, ...plain })
    }
  }
  for (const name of ['_rsc', 'nxtPsample_id', '__nextLocale', '__nextDefaultLocale', 'amp', '__flight__']) {
    expect([name, (await ask(`/api/v2/projects/?${name}=x`, own)).status]).toEqual([name, 400])
  }
  for (const path of [
    '/api/v2/projects.rsc',
    '/api/v2/projects.prefetch.rsc',
    '/api/v2/projects.segments/_tree.segment.rsc',
  ]) {
    expect([path, (await ask(path, own)).status]).toEqual([path, 404])
  }
})

test('an offer to speak another protocol than WebSocket is answered over HTTP', async ({ service }) => {
  const { status } = await sendRequest(service.address, {
    method: 'GET',
    path: '/api/health/live',
    headers: { Connection: 'Upgrade, HTTP2-Settings', Upgrade: 'h2c', 'HTTP2-Settings': '' },
  })
  expect(status).toBe(200)
})

test('a connection between two requests stays longer than load balancers keep theirs', async ({
  service,
}) => {
  const { headers } = await sendRequest(service.address, {
    method: 'GET',
    path: '/api/health/live',
    headers: { Connection: 'keep-alive' },
  })
  expect(Number(/timeout=(\d+)/.exec(String(headers['keep-alive']))?.[1])).toBeGreaterThanOrEqual(65)
})

test('a body that is refused with 413 ends its connection', async ({ service, partner }) => {
  const { url } = await partner.mint()
  const token = new URL(url).searchParams.get('token')
  const socket = open(service)
  socket.write(
    `POST /api/upload/files HTTP/1.1\r\nHost: x\r\nTus-Resumable: 1.0.0\r\nAuthorization: Bearer ${token}\r\n` +
      'Upload-Length: 99999999\r\nContent-Type: application/offset+octet-stream\r\nContent-Length: 99999999\r\n\r\n',
  )
  socket.write(Buffer.alloc(200_000))
  let said = ''
  socket.on('data', (data) => (said += data))
  await once(socket, 'end')
  expect(said).toMatch(/^HTTP\/1\.1 413 .*connection: close.*"reason":"file_too_large"/is)
})

test('odd requests leave no descriptor behind, and a stop still ends in order', async ({ service }) => {
  const descriptors = () => readdir(`/proc/${service.pid()}/fd`).then(({ length }) => length)
  test.skip(
    await access('/proc/self/fd').then(
      () => false,
      () => true,
    ),
    'not run: descriptors are counted in /proc, which is not here',
  )
  const before = await descriptors()
  const rounds = 5
  for (let round = 0; round < rounds; round += 1) {
    await Promise.all(
      ODD.map(async (head) => {
        const socket = open(service)
        // The client is gone before anything is said.
        socket.end(`${head}\r\nHost: x\r\n\r\n`)
        socket.resume()
        await new Promise((resolve) => socket.once('close', resolve))
      }),
    )
  }
  await expect.poll(descriptors).toBeLessThan(before + ODD.length)

  // Some are still open when it is told to stop.
  const lingering = UPGRADED.map((url) => {
    const socket = open(service)
    socket.write(`GET ${url} HTTP/1.1\r\nHost: x\r\n${WEB_SOCKET}\r\n\r\n`)
    return socket
  })
  await Promise.all(lingering.map((socket) => once(socket, 'data')))
  expect(await service.stop(), 'by `process.exit(1)` it would be 1').toBe(0)
  const database = path.join(service.dataDir, 'postgres/data/postmaster.pid')
  expect(
    await access(database).then(
      () => true,
      () => false,
    ),
    'the database has ended with it',
  ).toBe(false)
  await service.start()
})
