import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Service } from '../service/start-service.ts'

/** A proxy to the service that can hold up files in any browser, which not every driver can do. */
export interface Gate {
  /** A link of the service, by way of the gate. */
  through(link: string): string
  /** `Upload-Offset` of every piece of a file that has come to the gate. */
  offsets: number[]
  /** Lets this many more pieces pass; later ones wait for ever. */
  letPass(pieces: number): void
  close(): Promise<void>
}

export async function openGate(service: Service): Promise<Gate> {
  const { hostname, port } = new URL(service.address)
  const offsets: number[] = []
  let open = Number.POSITIVE_INFINITY
  const server = createServer((incoming, outgoing) => {
    const { method, url, headers } = incoming
    if (method === 'PATCH') {
      offsets.push(Number(headers['upload-offset']))
      open -= 1
      if (open < 0) return
    }
    const onward = request({ hostname, port, method, path: url, headers, agent: false })
    onward.on('response', (answer) => {
      outgoing.writeHead(answer.statusCode!, answer.headers)
      answer.pipe(outgoing)
    })
    onward.on('error', () => outgoing.destroy())
    // A reloaded page disconnects in the middle of a request.
    outgoing.on('close', () => onward.destroy())
    incoming.pipe(onward)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://app.localhost:${(server.address() as AddressInfo).port}`
  return {
    through: (link) => link.replace(service.origin, origin),
    offsets,
    letPass: (pieces) => {
      open = pieces
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
