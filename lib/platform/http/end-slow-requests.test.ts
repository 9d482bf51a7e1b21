import { EventEmitter, once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { endSlowRequests } from './end-slow-requests.ts'

/** A real server and real sockets; only the intervals pass under the test's control. */
let server: Server
let client: Socket
/** The request the server has, and the bytes of its body that it has read. */
let request: IncomingMessage | undefined
let received = 0
const progress = new EventEmitter()

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  request = undefined
  received = 0
  server = createServer({ requestTimeout: 0 }, (incoming, response) => {
    request = incoming
    incoming.on('data', (chunk: Buffer) => {
      received += chunk.length
      progress.emit('read')
    })
    incoming.once('end', () => response.end('done'))
    progress.emit('read')
  })
  endSlowRequests(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  client = connect((server.address() as AddressInfo).port, '127.0.0.1')
  client.on('error', () => {})
})
afterEach(async () => {
  vi.useRealTimers()
  client.destroy()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

/** Send this, and wait until the server has read so much of the body in all. */
async function send(text: string, bodyBytes: number): Promise<void> {
  client.write(text)
  while (!request || received < bodyBytes) await once(progress, 'read')
}

const HEAD = 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10000000\r\n\r\n'
const SMALL = 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc'
const aMinutePasses = () => vi.advanceTimersByTime(60_000)

test('A sender that stalls is cut off after a minute', async () => {
  await send(`${HEAD}abc`, 3)
  const closed = once(client, 'close')
  aMinutePasses()
  await closed
  expect(request?.socket.destroyed).toBe(true)
})

test('A sender that only drips bytes is cut off', async () => {
  await send(HEAD, 0)
  await send('x'.repeat(70_000), 70_000)
  aMinutePasses()
  expect(request?.socket.destroyed).toBe(false)
  await send('y'.repeat(1_000), 71_000)
  aMinutePasses()
  expect(request?.socket.destroyed).toBe(true)
})

test('A slow sender above the minimum pace may take as long as it needs', async () => {
  await send(HEAD, 0)
  for (let minute = 1; minute <= 10; minute++) {
    await send('x'.repeat(62_000), minute * 62_000)
    aMinutePasses()
    expect(request?.socket.destroyed).toBe(false)
  }
})

test('A complete request may get its response at any later time', async () => {
  const { promise: decided, resolve: decide } = Promise.withResolvers<void>()
  server.removeAllListeners('request')
  endSlowRequests(server)
  server.on('request', async (incoming, response) => {
    request = incoming
    await decided
    incoming.resume()
    response.end('late')
  })
  client.write(SMALL)
  while (!request?.complete) await nextTurn()
  for (let minute = 0; minute < 5; minute++) aMinutePasses()
  decide()
  const [answer] = await once(client, 'data')
  expect(String(answer)).toContain('late')
})

test('No timer outlives its request', async () => {
  await send(HEAD, 0)
  expect(vi.getTimerCount()).toBe(1)
  const closed = new Promise((resolve) => request?.on('error', () => {}).once('close', resolve))
  client.destroy()
  await closed
  expect(vi.getTimerCount()).toBe(0)
})
