import { once } from 'node:events'
import { createServer, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What happens to the body of an answer. */
export type Fault =
  /** Sends this many bytes and then stalls, with the connection open until it is dropped. */
  | { kind: 'stall'; after: number }
  /** The connection ends before any byte of it. */
  | { kind: 'cut' }
  /** Another byte instead of the first. */
  | { kind: 'change' }

/** A network between a program and the service: it passes everything on until a fault is ordered. */
export interface UnsteadyProxy {
  address: string
  /** `Range` of every download asked for; null without one. */
  ranges: (string | null)[]
  /** Faults of the next downloads, one each; after them it is steady again. */
  faults: Fault[]
  /** End the connections that have stalled. */
  drop(): void
  stop(): Promise<void>
}

export async function startUnsteadyProxy(to: string): Promise<UnsteadyProxy> {
  const { hostname, port } = new URL(to)
  const ranges: (string | null)[] = []
  const faults: Fault[] = []
  const stalled = new Set<ServerResponse>()
  const server = createServer((incoming, outgoing) => {
    const { method, url, headers } = incoming
    const download = url!.startsWith('/api/files/')
    if (download) ranges.push(headers.range ?? null)
    const fault = download ? faults.shift() : undefined
    const onward = request({ hostname, port, method, path: url, headers, agent: false })
    onward.on('error', () => outgoing.destroy())
    onward.on('response', async (answer) => {
      if (fault?.kind === 'cut') {
        answer.destroy()
        return void outgoing.destroy()
      }
      outgoing.writeHead(answer.statusCode!, answer.headers)
      let sent = 0
      try {
        for await (const chunk of answer as AsyncIterable<Buffer>) {
          if (fault?.kind === 'change' && sent === 0) chunk[0]! ^= 1
          const room = fault?.kind === 'stall' ? fault.after - sent : chunk.length
          outgoing.write(chunk.subarray(0, room))
          sent += Math.min(room, chunk.length)
          if (room >= chunk.length) continue
          stalled.add(outgoing)
          answer.destroy()
          return
        }
        outgoing.end()
      } catch {
        outgoing.destroy()
      }
    })
    incoming.pipe(onward)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ranges,
    faults,
    drop() {
      for (const one of stalled) one.destroy()
      stalled.clear()
    },
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
