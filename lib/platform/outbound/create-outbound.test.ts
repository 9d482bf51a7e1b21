import { spawnSync } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
// Plain JavaScript: the runner of the tests uses the same.
import { findProgram } from '../../../bin/testing/find-programs.mjs'
import { createOutbound } from './create-outbound.ts'
import { guardedLookup, type Resolve, resolveByDns } from './guarded-lookup.ts'
import type { Outbound, OutboundStreamAnswer, OutboundStreamRequest } from './outbound.ts'

const openssl = findProgram(['openssl'])

const stops: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

async function serve(listener: RequestListener): Promise<string> {
  const server: Server = createServer(listener)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  stops.push(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

function outbound(options: Parameters<typeof createOutbound>[0]): Outbound {
  const made = createOutbound(options)
  stops.push(() => made.close())
  return made
}

const post = (url: string, more = {}) =>
  ({ url, method: 'POST', body: '[]', timeoutMilliseconds: 20_000, answerBytesMax: 1_000, ...more }) as const

/** Answers to look-ups, one after the other; the last one stays. */
function answering(...answers: string[][]): { resolve: Resolve; asked: () => number } {
  let asked = 0
  return {
    asked: () => asked,
    resolve: (_hostname, answer) => {
      const addresses = answers[Math.min(asked++, answers.length - 1)]!
      answer(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      )
    },
  }
}

const lookedUp = (resolve: Resolve) =>
  new Promise((settle) =>
    guardedLookup(resolve)('hooks.clinic.example', { all: true }, (error, addresses) =>
      settle(error ? 'refused' : addresses),
    ),
  )

test('a request arrives unchanged, and the response is bounded', async () => {
  let seen: unknown
  const origin = await serve(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    seen = { method: request.method, url: request.url, body, type: request.headers['content-type'] }
    response
      .setHeader('Set-Cookie', ['a=1', 'b=2'])
      .setHeader('X-Two', 'x')
      .writeHead(202)
      .end('x'.repeat(1_500))
  })
  const answer = await outbound({ allowPrivate: true }).send(
    post(`${origin}/hook?a=%20b`, { headers: { 'content-type': 'application/json' } }),
  )
  expect(seen).toEqual({ method: 'POST', url: '/hook?a=%20b', body: '[]', type: 'application/json' })
  expect(answer).toMatchObject({ status: 202, cut: true, headers: { 'x-two': 'x', 'set-cookie': 'a=1' } })
  expect('body' in answer && answer.body.length).toBe(1_000)
})

test('a redirect is returned and not followed; a cookie is not sent back', async () => {
  const paths: string[] = []
  const cookies: unknown[] = []
  const origin = await serve((request, response) => {
    paths.push(request.url!)
    cookies.push(request.headers.cookie)
    response.writeHead(307, { Location: '/inside', 'Set-Cookie': 'a=1' }).end()
  })
  const door = outbound({ allowPrivate: true })
  expect(await door.send(post(`${origin}/first`))).toMatchObject({ status: 307 })
  expect(await door.send(post(`${origin}/second`))).toMatchObject({ status: 307 })
  expect(paths).toEqual(['/first', '/second'])
  expect(cookies).toEqual([undefined, undefined])
})

test('a server that never answers, or never ends its answer, counts as timed out', async () => {
  const silent = await serve(() => {})
  const endless = await serve((_request, response) => void response.writeHead(200).write('a'))
  const door = outbound({ allowPrivate: true })
  for (const origin of [silent, endless]) {
    expect(await door.send(post(origin, { timeoutMilliseconds: 100 }))).toEqual({ failure: 'timed_out' })
  }
})

test('an answer is not late because this process stood still', async () => {
  const asked = Promise.withResolvers<void>()
  const origin = await serve((_request, response) => {
    asked.resolve()
    setTimeout(() => response.end('ok'), 50)
  })
  const sent = outbound({ allowPrivate: true }).send(post(origin, { timeoutMilliseconds: 200 }))
  await asked.promise
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500)
  expect(await sent).toMatchObject({ status: 200 })
})

test('an answer without end is cut at its ceiling', async () => {
  const origin = await serve((request, response) => {
    const chunk = Buffer.alloc(65_536)
    const more = () => {
      while (!request.socket.destroyed && response.write(chunk));
      if (!request.socket.destroyed) response.once('drain', more)
    }
    more()
  })
  expect(await outbound({ allowPrivate: true }).send(post(origin))).toMatchObject({ status: 200, cut: true })
})

test('headers without end, what is not HTTP, and a closed port are all the same: unreachable', async () => {
  const many = await serve((_request, response) => {
    for (let n = 0; n < 300; n++) response.setHeader(`x-${n}`, 'y'.repeat(100))
    response.end()
  })
  const garbage = await serve((request) => void request.socket.end('SSH-2.0-OpenSSH_9.2\r\n'))
  const closed = await serve(() => {})
  await stops.pop()!()
  const door = outbound({ allowPrivate: true })
  for (const origin of [many, garbage, closed]) {
    expect(await door.send(post(origin))).toEqual({ failure: 'unreachable' })
  }
})

test.skipIf(!openssl)(
  'openssl: a certificate that nobody vouches for is untrusted, and nothing is sent',
  async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'arraydrop-tls-'))
    const [key, cert] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')]
    const made = [
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-subj',
      '/CN=localhost',
    ]
    const { status } = spawnSync(openssl!, ['req', '-x509', ...made, '-keyout', key, '-out', cert])
    expect(status).toBe(0)
    const requests = vi.fn()
    const server = createTlsServer({ key: readFileSync(key), cert: readFileSync(cert) }, requests)
    rmSync(folder, { recursive: true })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    stops.push(() => new Promise((resolve) => server.close(resolve)))
    const url = `https://localhost:${(server.address() as AddressInfo).port}/`
    expect(await outbound({ allowPrivate: true }).send(post(url))).toEqual({ failure: 'untrusted' })
    expect(requests).not.toHaveBeenCalled()
  },
)

test('an address inside the URL is refused before anything connects', async () => {
  let reached = 0
  const origin = await serve((_request, response) => {
    reached++
    response.end()
  })
  const { port } = new URL(origin)
  const door = outbound({ allowPrivate: false })
  const urls = [origin, `https://127.0.0.1:${port}`, `https://0x7f.1:${port}/`, `https://localhost:${port}/`]
  for (const url of urls) expect(await door.send(post(url))).toEqual({ failure: 'unreachable' })
  expect(reached).toBe(0)
})

test('a name that leads to a private address is refused when the socket connects, whatever else it leads to', async () => {
  for (const addresses of [
    ['127.0.0.1'],
    ['169.254.169.254'],
    ['8.8.8.8', '10.0.0.1'],
    ['::ffff:127.0.0.1'],
    [],
  ]) {
    const { resolve, asked } = answering(addresses)
    expect(await lookedUp(resolve)).toBe('refused')
    const door = outbound({ allowPrivate: false, resolve })
    expect(await door.send(post('https://hooks.clinic.example/'))).toEqual({ failure: 'unreachable' })
    expect(asked()).toBe(2)
  }
})

test('a name that turns private after a first, public answer is refused then', async () => {
  const { resolve } = answering(['93.184.215.14'], ['127.0.0.1'])
  expect(await lookedUp(resolve)).toEqual([{ address: '93.184.215.14', family: 4 }])
  expect(await lookedUp(resolve)).toBe('refused')
})

test('a name is found while the servers of many others do not respond', async () => {
  const server = createSocket('udp4', (asked, { port, address }) => {
    // The header (a response, one question, one answer), the question, and its A record; silence for any other.
    if (!asked.includes('good') || asked.readUInt16BE(asked.indexOf('example') + 8) !== 1) return
    const header = Buffer.from([asked[0]!, asked[1]!, 0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0])
    const record = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, 93, 184, 215, 14])
    const question = asked.subarray(12, asked.indexOf('example') + 12)
    server.send(Buffer.concat([header, question, record]), port, address)
  })
  stops.push(() => new Promise<void>((closed) => server.close(closed)))
  server.bind(0, '127.0.0.1')
  await once(server, 'listening')
  const resolve = resolveByDns([`127.0.0.1:${server.address().port}`])
  const lookUp = (name: string) =>
    new Promise((found) => resolve(name, (_error, addresses) => found(addresses)))
  const silent = Array.from({ length: 32 }, (_, at) => lookUp(`silent-${at}.example`))
  // Its AAAA record is never answered, and does not keep its A record from being used.
  expect(await lookUp('good.example')).toEqual([{ address: '93.184.215.14', family: 4 }])
  expect(await Promise.all(silent)).toEqual(silent.map(() => []))
}, 20_000)

describe('an answer that is read while it comes', () => {
  const get = (url: string, more: Partial<OutboundStreamRequest> = {}): OutboundStreamRequest => ({
    url,
    answerMilliseconds: 20_000,
    pace: { bytes: 1, milliseconds: 20_000 },
    bytesMax: 100_000_000,
    ...more,
  })
  const count = async ({ status, headers, body }: OutboundStreamAnswer) => {
    let bytes = 0
    for await (const chunk of body) bytes += chunk.length
    return { status, range: headers['content-range'], bytes }
  }

  test('arrives whole, with its headers, and without being held', async () => {
    const origin = await serve((request, response) => {
      response.writeHead(206, { 'Content-Range': request.headers.range })
      for (let n = 0; n < 30; n++) response.write(Buffer.alloc(1_000_000))
      response.end()
    })
    const door = outbound({ allowPrivate: true })
    const answer = await door.stream(get(origin, { headers: { range: 'bytes=5-' } }), count)
    expect(answer).toEqual({ received: { status: 206, range: 'bytes=5-', bytes: 30_000_000 } })
  })

  test('says how it ended too early: cut, too long, too slow, never begun, unreachable', async () => {
    const cut = await serve((request, response) => {
      response.writeHead(200, { 'Content-Length': 100 }).write('a')
      setImmediate(() => request.socket.destroy())
    })
    const long = await serve((_request, response) => void response.end('a'.repeat(1_001)))
    const slow = await serve((_request, response) => void response.writeHead(200).write('a'))
    const silent = await serve(() => {})
    const door = outbound({ allowPrivate: true })
    expect(await door.stream(get(cut), count)).toEqual({ failure: 'cut' })
    expect(await door.stream(get(long, { bytesMax: 1_000 }), count)).toEqual({ failure: 'too_long' })
    const pace = { bytes: 2, milliseconds: 100 }
    expect(await door.stream(get(slow, { pace }), count)).toEqual({ failure: 'too_slow' })
    expect(await door.stream(get(silent, { answerMilliseconds: 100 }), count)).toEqual({
      failure: 'timed_out',
    })
    await stops.pop()!()
    await stops.pop()!()
    expect(await outbound({ allowPrivate: true }).stream(get(silent), count)).toEqual({
      failure: 'unreachable',
    })
  })

  test('is not too slow because the receiver is', async () => {
    const origin = await serve((_request, response) => void response.end('a'))
    const received = outbound({ allowPrivate: true }).stream(
      get(origin, { pace: { bytes: 2, milliseconds: 20 } }),
      async ({ body }) => {
        for await (const _ of body) await new Promise((resolve) => setTimeout(resolve, 200))
        return 'whole'
      },
    )
    expect(await received).toEqual({ received: 'whole' })
  })

  test('ends with the reason of an abort, and with what its receiver throws', async () => {
    const endless = await serve((_request, response) => void response.writeHead(200).write('a'))
    const door = outbound({ allowPrivate: true })
    const abort = new AbortController()
    const received = door.stream(get(endless, { signal: abort.signal }), async ({ body }) => {
      for await (const _ of body) abort.abort(new Error('canceled'))
    })
    await expect(received).rejects.toThrow('canceled')
    const full = door.stream(get(endless), () => Promise.reject(new Error('disk full')))
    await expect(full).rejects.toThrow('disk full')
  })

  test('does not reach an address that is not public', async () => {
    const { resolve } = answering(['127.0.0.1'])
    const door = outbound({ allowPrivate: false, resolve })
    for (const url of ['https://hooks.clinic.example/', 'https://127.0.0.1/', 'https://[::ffff:7f00:1]/']) {
      expect(await door.stream(get(url), count)).toEqual({ failure: 'unreachable' })
    }
  })
})
