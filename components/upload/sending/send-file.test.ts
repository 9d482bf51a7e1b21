import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Reason } from '#lib/genotype/reason.ts'
import type { Line } from '../sending/send-file.ts'
import { type SendJob, sendFile, type Trouble } from './send-file.ts'
import { timersForTests } from './timers-for-tests.ts'
import { tusServerForTests } from './tus-server-for-tests.ts'

const MEBIBYTE = 1_048_576
const bytes = new Uint8Array(3 * MEBIBYTE + 123).map((_, index) => (index * 31 + (index >> 8)) % 251)
const sha256 = createHash('sha256').update(bytes).digest('hex')

let server: Awaited<ReturnType<typeof tusServerForTests>>
beforeEach(async () => {
  server = await tusServerForTests()
})
afterEach(() => server.close())

/** Sends the file and records what the page was told. */
function send(more: Partial<SendJob> = {}, load?: Parameters<typeof sendFile>[1]) {
  const timers = timersForTests({ quickMs: 1_000 })
  const acknowledged: number[] = []
  const lines: Line[] = []
  const troubles: (Trouble | null)[] = []
  const refusals: Reason[] = []
  const end = Promise.withResolvers<'sent' | 'refused'>()
  const job = {
    bytes,
    sha256,
    token: 'the-link',
    endpoint: server.endpoint,
    resumeUrl: null,
    timers,
    online: () => true,
    onAcknowledged: (offset) => acknowledged.push(offset),
    onUnderWay: () => undefined,
    onLine(line, trouble) {
      lines.push(line)
      troubles.push(trouble)
    },
    onSent: () => end.resolve('sent'),
    onRefused: (reason) => {
      refusals.push(reason)
      end.resolve('refused')
    },
    ...more,
  } satisfies SendJob
  const sending = sendFile(job, load)
  return { timers, acknowledged, lines, troubles, refusals, sending, ended: end.promise }
}

const sentBytes = () => server.seen.reduce((sum, request) => sum + request.bytes, 0)
const requests = (method: string) => server.seen.filter((request) => request.method === method)

describe('sending a file', () => {
  test('the file arrives byte for byte, and only acknowledged bytes are reported', async () => {
    const { ended, acknowledged } = send()
    expect(await ended).toBe('sent')
    expect(Buffer.compare(await server.stored('part-0'), bytes)).toBe(0)
    expect(acknowledged).toEqual([...acknowledged].sort((a, b) => a - b))
    expect(acknowledged.at(-1)).toBe(bytes.length)
    expect(sentBytes()).toBe(bytes.length)
  })

  test('the file is announced by its digest alone, and every request carries the link', async () => {
    await send().ended
    expect(requests('POST')[0]?.metadata).toBe(`sha256 ${Buffer.from(sha256).toString('base64')}`)
    expect(new Set(server.seen.map(({ authorization }) => authorization))).toEqual(
      new Set(['Bearer the-link']),
    )
  })

  test.each([
    ['answers in our place', (response: ServerResponse) => response.writeHead(405).end('<html>no</html>')],
    ['says nothing at all', (response: ServerResponse) => response.destroy()],
  ])('gets through a network that knows GET and POST alone and %s', async (_, block) => {
    server.interfereWith((request, response) => {
      const wanted = request.headers['x-http-method-override']?.toString()
      if (request.method === 'POST') {
        if (wanted) request.method = wanted
        return false
      }
      request.resume()
      block(response)
      return true
    })
    const { ended, refusals } = send()
    expect(await ended).toBe('sent')
    expect(refusals).toEqual([])
    expect(Buffer.compare(await server.stored('part-0'), bytes)).toBe(0)
    expect(requests('PATCH').length, 'asked the plain way first, and not for ever').toBeLessThanOrEqual(3)
  })

  test('an unfinished part is resumed from the server’s offset', async () => {
    const first = send()
    await vi.waitUntil(() => first.acknowledged.some((offset) => offset > 0), { interval: 1 })
    first.sending.stop()
    const before = sentBytes()
    const second = send({ resumeUrl: `${server.endpoint}/part-0` })
    expect(await second.ended).toBe('sent')
    expect(second.acknowledged[0]).toBeGreaterThan(0)
    expect(sentBytes() - before).toBeLessThan(bytes.length)
    expect(requests('POST')).toHaveLength(1)
    expect(Buffer.compare(await server.stored('part-0'), bytes)).toBe(0)
  })

  test('a file whose part is gone is sent again from the start', async () => {
    expect(await send({ resumeUrl: `${server.endpoint}/no-such-part` }).ended).toBe('sent')
    expect(Buffer.compare(await server.stored('part-0'), bytes)).toBe(0)
  })
})

describe('connection trouble', () => {
  test('a broken connection costs no more than one chunk', async () => {
    let broken = false
    server.interfereWith((request, _response, seen) => {
      if (request.method !== 'PATCH' || broken || requests('PATCH').length < 2) return false
      broken = true
      request.on('data', () => {
        if (seen.bytes > 100_000) request.socket.destroy()
      })
      request.resume()
      return true
    })
    expect(await send().ended).toBe('sent')
    expect(broken).toBe(true)
    expect(sentBytes()).toBeLessThanOrEqual(bytes.length + 5 * MEBIBYTE)
    expect(Buffer.compare(await server.stored('part-0'), bytes)).toBe(0)
  })

  test('a hotel’s login page never counts as sent', async () => {
    let pages = 0
    server.interfereWith((request, response) => {
      if (pages >= 2) return false
      pages += 1
      request.resume()
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Welcome</html>')
      return true
    })
    expect(await send().ended).toBe('sent')
    expect(Buffer.compare(await server.stored('part-0'), bytes)).toBe(0)
  })

  test('a dead connection is reported, abandoned, and replaced by another', async () => {
    let swallowed = 0
    server.interfereWith((request) => {
      if (request.method !== 'PATCH' || swallowed > 0) return false
      swallowed += 1
      request.resume()
      return true
    })
    const { ended, timers, lines, acknowledged } = send()
    await vi.waitUntil(() => swallowed === 1, { interval: 1 })
    expect(acknowledged).toEqual([0])
    timers.advance(20_000)
    expect(await ended).toBe('sent')
    expect(lines).toContain('stalled')
    expect(Buffer.compare(await server.stored('part-0'), bytes)).toBe(0)
  })

  test('an offline device waits, and resumes at once when it is back online', async () => {
    let online = false
    server.interfereWith((request) => {
      if (online) return false
      request.socket.destroy()
      return true
    })
    const { ended, lines, sending } = send({ online: () => online })
    await vi.waitUntil(() => lines.includes('offline'), { interval: 1 })
    expect(server.seen).toHaveLength(1)
    online = true
    sending.wake()
    expect(await ended).toBe('sent')
  })
})

describe('server errors', () => {
  const refuseWith = (status: number, reason: string) =>
    server.interfereWith((request, response) => {
      request.resume()
      response
        .writeHead(status, { 'content-type': 'application/json' })
        .end(JSON.stringify({ proto: 1, reason, detail: '', request_id: 'r' }))
      return true
    })

  test('a refusal is final', async () => {
    refuseWith(410, 'session_expired')
    const { ended, refusals } = send()
    expect(await ended).toBe('refused')
    expect(refusals).toEqual(['session_expired'])
    expect(server.seen).toHaveLength(1)
  })

  test('a server that keeps failing is abandoned after a few tries', async () => {
    refuseWith(500, 'internal_error')
    const { ended, refusals } = send()
    expect(await ended).toBe('refused')
    expect(refusals).toEqual(['internal_error'])
    expect(server.seen.length).toBeLessThanOrEqual(6)
  })

  test('a server that is down for a while is waited for', async () => {
    let refused = 0
    server.interfereWith((request, response) => {
      if (refused >= 2) return false
      refused += 1
      request.resume()
      response.writeHead(503).end('{"proto":1,"reason":"service_unavailable","detail":"","request_id":"r"}')
      return true
    })
    expect(await send().ended).toBe('sent')
  })
})

test('canceling deletes what was sent', async () => {
  const { sending, acknowledged } = send()
  await vi.waitUntil(() => acknowledged.some((offset) => offset > 0), { interval: 1 })
  await sending.cancel()
  expect(requests('DELETE')).toHaveLength(1)
  await expect(server.stored('part-0')).rejects.toThrow('ENOENT')
})

describe('something in between', () => {
  const html = (status: number) => (request: IncomingMessage, response: ServerResponse) => {
    request.resume()
    response.writeHead(status, { 'content-type': 'text/html', 'request-id': 'gate-7' }).end('<html>no</html>')
    return true
  }
  const bodyOf = (request: IncomingMessage) => Number(request.headers['content-length'] ?? 0)

  test.each([65_536, 131_072, 1_048_576])(
    'that refuses bodies above %i bytes gets smaller ones',
    async (limit) => {
      server.interfereWith((request, response) => bodyOf(request) > limit && html(413)(request, response))
      const { ended, lines } = send()
      expect(await ended).toBe('sent')
      expect(lines).not.toContain('blocked')
      expect(Buffer.compare(await server.stored('part-0'), bytes)).toBe(0)
      // The page never asks again for what was refused.
      const refused = server.seen.filter(({ bytes: sent }) => sent > limit).length
      expect(refused).toBeLessThanOrEqual(5)
    },
  )

  test('that takes requests for the collection alone gets the whole file in one', async () => {
    server.interfereWith((request, response) => request.url !== '/files' && html(403)(request, response))
    const { ended } = send()
    expect(await ended).toBe('sent')
    const whole = server.seen.filter(({ method, bytes: sent }) => method === 'POST' && sent === bytes.length)
    expect(whole).toHaveLength(1)
  })

  test('that cuts every body in the middle still lets bytes through, and they count', async () => {
    server.interfereWith((request, _response, seen) => {
      if (request.method !== 'PATCH' || bodyOf(request) <= 65_536) return false
      request.on('data', () => seen.bytes > 65_536 && setImmediate(() => request.socket.destroy()))
      return false
    })
    expect(await send().ended).toBe('sent')
  })

  test.each([
    ['403', html(403), 'forbidden'],
    ['411', html(411), 'length_required'],
    ['413 at any size', html(413), 'body_too_large'],
    ['431', html(431), 'headers_too_large'],
    ['502', html(502), 'gateway_error'],
    ['520', html(520), 'gateway_error'],
    ['a page with status 200', html(200), 'foreign_page'],
    [
      'responses without tus headers',
      (request: IncomingMessage, response: ServerResponse) => {
        request.resume()
        response.writeHead(204).end()
        return true
      },
      'headers_removed',
    ],
  ])('that answers %s to everything is named after 20 seconds without a byte', async (_, refuse, cause) => {
    server.interfereWith(refuse)
    const { timers, lines, troubles, sending, refusals } = send()
    await vi.waitUntil(() => server.seen.length > 3, { interval: 1 })
    expect(lines).toEqual([])
    timers.advance(20_000)
    expect(lines).toEqual(['blocked'])
    expect(troubles[0]).toMatchObject({ cause })
    expect(refusals).toEqual([])
    sending.stop()
  })

  test('that drops what is larger than it likes is not tried with that after each chunk', async () => {
    server.interfereWith((request) => {
      if (bodyOf(request) <= 65_536) return false
      request.socket.destroy()
      return true
    })
    expect(await send().ended).toBe('sent')
    expect(server.seen.filter(({ method }) => method === 'HEAD').length).toBeLessThanOrEqual(6)
  })

  test('that redirects to its own page is named as such, where the requests of tus only fail', async () => {
    server.interfereWith((request, response) => {
      request.resume()
      if (request.method === 'OPTIONS') response.writeHead(302, { location: 'http://login.example/' }).end()
      else response.destroy()
      return true
    })
    const { timers, lines, troubles, sending } = send()
    await vi.waitUntil(() => requests('OPTIONS').length > 2, { interval: 1 })
    timers.advance(20_000)
    await vi.waitUntil(() => lines.includes('blocked'), { interval: 1 })
    expect(troubles.at(-1)).toMatchObject({ cause: 'foreign_page' })
    sending.stop()
  })

  test('that never brings the script of the sender is told as silent, and asked for nothing else', async () => {
    const { timers, lines, sending } = send({}, () => new Promise<never>(() => {}))
    for (let step = 0; step < 5; step++) {
      await new Promise((resolve) => setImmediate(resolve))
      timers.advance(5_000)
    }
    expect(lines).toContain('stalled')
    expect(server.seen).toEqual([])
    sending.stop()
  })

  test('that goes away again is forgotten with the next byte', async () => {
    server.interfereWith(html(403))
    const { timers, lines, sending, ended } = send()
    await vi.waitUntil(() => server.seen.length > 3, { interval: 1 })
    timers.advance(20_000)
    expect(lines.at(-1)).toBe('blocked')
    server.interfereWith(() => false)
    sending.tryAgain()
    expect(await ended).toBe('sent')
    expect(lines.at(-1)).toBe('flowing')
  })

  test('that takes bytes and answers nothing is named: bytes that leave are no progress', async () => {
    server.interfereWith((request) => {
      if (request.method !== 'PATCH') return false
      request.resume()
      return true
    })
    const { timers, lines, sending, acknowledged } = send()
    await vi.waitUntil(() => server.seen.some(({ bytes: sent }) => sent > 0), { interval: 1 })
    timers.advance(20_000)
    expect(lines).toContain('stalled')
    expect(Math.max(...acknowledged)).toBe(0)
    sending.stop()
  })
})
