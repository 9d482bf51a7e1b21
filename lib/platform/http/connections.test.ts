import { EventEmitter, once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { closeUnread } from './close-unread.ts'
import { endUnreadable } from './end-unreadable.ts'
import { type Connections, watchConnections } from './watch-connections.ts'

/** A real server and real sockets. */
let server: Server
let connections: Connections
let handled: EventEmitter
const open: Socket[] = []

beforeEach(async () => {
  handled = new EventEmitter()
  server = createServer({ requestTimeout: 0, shouldUpgradeCallback: (request) => request.url === '/upgrade' })
  connections = watchConnections(server)
  closeUnread(server)
  endUnreadable(server, (pathname, { detail }) => ({
    type: 'application/json',
    body: JSON.stringify({ pathname, detail }),
  }))
  server.on('request', (request, response) => {
    if (request.url === '/hang') return handled.emit('hang')
    if (request.url === '/half') return response.writeHead(200).write('half')
    const status = Number(request.url?.slice(1) ?? 0) || 200
    return response.writeHead(status).end('answer')
  })
  // As Next does with paths that it does not know: the socket is taken, and never ended.
  server.on('upgrade', () => handled.emit('upgrade'))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterEach(async () => {
  for (const socket of open.splice(0)) socket.destroy()
  if (server.listening) await connections.close(0)
})

function client({ allowHalfOpen = false } = {}): Socket {
  const socket = connect({
    port: (server.address() as AddressInfo).port,
    host: '127.0.0.1',
    allowHalfOpen,
  })
  socket.on('error', () => {})
  open.push(socket)
  return socket
}

/** Everything the server says until it closes its half. */
async function saidBeforeEnd(socket: Socket): Promise<string> {
  let text = ''
  socket.on('data', (data) => (text += data))
  await once(socket, 'end')
  return text
}

describe('a connection', () => {
  test.each([
    ['CONNECT', 'CONNECT example.org:443 HTTP/1.1\r\nHost: x\r\n\r\n', '405'],
    ['an unknown method', 'BREW /api/v2/ HTTP/1.1\r\nHost: x\r\n\r\n', '400'],
    ['something that is not HTTP', '\x16\x03\x01\x02\x00\x01', '400'],
    ['headers without end', `GET / HTTP/1.1\r\nA: ${'x'.repeat(20_000)}`, '431'],
  ])('with %s is answered and closed', async (_, bytes, status) => {
    const socket = client()
    socket.write(bytes)
    const said = await saidBeforeEnd(socket)
    expect(said).toMatch(new RegExp(`^HTTP/1.1 ${status} .*\\r\\n`))
    expect(said).toContain('Connection: close')
    expect(JSON.parse(said.split('\r\n\r\n')[1]!)).toHaveProperty('detail')
  })

  test.each([
    ['CONNECT', 'CONNECT example.org:443 HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['something that is not HTTP', 'zz\r\n\r\n'],
  ])(
    'with %s behind a request that is still being answered is closed: nothing may pass for its answer',
    async (_, bytes) => {
      const socket = client()
      socket.write(`GET /hang HTTP/1.1\r\nHost: x\r\n\r\n${bytes}`)
      let said = ''
      socket.on('data', (data) => (said += data))
      await once(socket, 'close')
      expect(said).toBe('')
    },
  )

  test('with a chunk that never comes to its data is told so', async () => {
    const socket = client()
    socket.write('POST /hang HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n')
    socket.write(`1;${'x'.repeat(30_000)}`)
    expect(await saidBeforeEnd(socket)).toMatch(/^HTTP\/1.1 413 .*extensions of a chunk/s)
  })

  test('whose body is too large gets its answer while it still sends, and is closed', async () => {
    const socket = client({ allowHalfOpen: true })
    socket.write('POST /413 HTTP/1.1\r\nHost: x\r\nContent-Length: 100000000\r\n\r\n')
    const sending = setInterval(() => socket.write(Buffer.alloc(65_536)), 1)
    try {
      expect(await saidBeforeEnd(socket)).toMatch(/^HTTP\/1.1 413 .*Connection: close.*answer/s)
      // The client keeps its half open, and the server does not wait for it for ever.
      await new Promise((resolve) => socket.once('close', resolve))
    } finally {
      clearInterval(sending)
    }
  })

  test('whose body was refused before it arrived is closed; one that sent all of it stays open', async () => {
    const refused = client()
    refused.write('POST /401 HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n')
    expect(await saidBeforeEnd(refused)).toContain('Connection: close')
    const whole = client()
    whole.write('POST /401 HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc')
    const [first] = await once(whole, 'data')
    expect(String(first)).toContain('Connection: keep-alive')
    whole.write('GET /200 HTTP/1.1\r\nHost: x\r\n\r\n')
    const [second] = await once(whole, 'data')
    expect(String(second)).toContain('200 OK')
  })

  test('is not answered twice when the rest of a request is broken', async () => {
    const socket = client()
    socket.write('POST /half HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n')
    const [said] = await once(socket, 'data')
    expect(String(said)).toContain('200 OK')
    socket.write('zz\r\n')
    let more = ''
    socket.on('data', (data) => (more += data))
    await once(socket, 'close')
    expect(more).not.toContain('HTTP/1.1 400')
  })
})

describe('a stop', () => {
  test('reaches connections that were upgraded, even those whose client is gone', async () => {
    const alive = client()
    alive.write('GET /upgrade HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n')
    await once(handled, 'upgrade')
    const gone = client()
    gone.write('GET /upgrade HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n')
    await once(handled, 'upgrade')
    gone.end()
    alive.resume()
    const closed = once(alive, 'close')
    await connections.close(0)
    await closed
    expect(server.listening).toBe(false)
  })

  test('cuts a request that does not end, and settles', async () => {
    const socket = client()
    socket.write('GET /hang HTTP/1.1\r\nHost: x\r\n\r\n')
    await once(handled, 'hang')
    const closed = once(socket.resume(), 'close')
    await connections.close(0)
    await closed
  })
})
