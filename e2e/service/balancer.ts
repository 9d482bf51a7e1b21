import { once } from 'node:events'
import { createServer, request } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'

/** A reverse proxy in front of replicas: each request goes to the next one, without sticky sessions. */
export interface Balancer {
  address: string
  stop(): Promise<void>
}

/**
 * Round robin over origins such as `http://127.0.0.1:3000`. A replica that refuses the connection is passed over, as
 * nginx does; where all do, the answer is 502. A connection that breaks later breaks for the client, too.
 */
export async function startBalancer(origins: string[]): Promise<Balancer> {
  let turn = 0
  const server = createServer(async (incoming, outgoing) => {
    const begin = turn++
    const inTurn = origins.map((_, n) => origins[(begin + n) % origins.length]!)
    const socket = await firstThatAccepts(inTurn)
    if (!socket) return void outgoing.writeHead(502).end()
    const { method, url, headers } = incoming
    const onward = request({ createConnection: () => socket, method, path: url, headers })
    onward.on('error', () => outgoing.destroy())
    onward.on('response', (answer) => {
      outgoing.writeHead(answer.statusCode!, answer.headers)
      answer.on('error', () => outgoing.destroy())
      answer.pipe(outgoing)
    })
    incoming.on('error', () => onward.destroy())
    outgoing.on('close', () => onward.destroy())
    incoming.pipe(onward)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function firstThatAccepts(origins: string[]): Promise<Socket | undefined> {
  for (const origin of origins) {
    const { hostname, port } = new URL(origin)
    const socket = connect(Number(port), hostname)
    const accepted = await once(socket, 'connect').then(
      () => true,
      () => false,
    )
    if (accepted) return socket
  }
  return undefined
}
