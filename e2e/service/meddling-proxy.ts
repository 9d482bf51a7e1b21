import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What something between a browser and the service does to a request and its response. */
export interface Meddling {
  /** Answers by itself; true when it did. */
  refuses?(incoming: IncomingMessage, outgoing: ServerResponse): boolean
  /** Headers it removes on the way to the service, and on the way back. */
  removes?: { request?: string[]; response?: string[] }
  /** Reads the whole body before it passes anything on. */
  buffers?: boolean
  /** Speaks HTTP/1.0 to the service: no chunks, no connection kept. */
  oldHttp?: boolean
}

/** A proxy, firewall or antivirus program on the way to the service. */
export interface MeddlingProxy {
  port: number
  /** The page opened through it; the service must not care by which host it is reached. */
  through(url: string): string
  meddle(how: Meddling): void
  stop(): Promise<void>
}

export async function startMeddlingProxy(to: string): Promise<MeddlingProxy> {
  const { hostname, port: servicePort } = new URL(to)
  let how: Meddling = {}
  const server = createServer((incoming, outgoing) => {
    if (isUpload(incoming) && how.refuses?.(incoming, outgoing)) {
      incoming.resume()
      return
    }
    void pass(incoming, outgoing, { hostname, port: servicePort, how: isUpload(incoming) ? how : {} })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    port,
    through: (url) => Object.assign(new URL(url), { port: String(port) }).href,
    meddle(next) {
      how = next
    },
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const isUpload = ({ url }: IncomingMessage) => url!.startsWith('/api/upload/')

async function pass(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { hostname, port, how }: { hostname: string; port: string; how: Meddling },
): Promise<void> {
  const headers = { ...incoming.headers }
  for (const name of how.removes?.request ?? []) delete headers[name]
  if (how.oldHttp) headers.connection = 'close'
  const body: Buffer[] = []
  if (how.buffers) for await (const chunk of incoming as AsyncIterable<Buffer>) body.push(chunk)
  const onward = request({
    hostname,
    port,
    method: incoming.method,
    path: incoming.url,
    headers,
    agent: false,
  })
  onward.on('error', () => outgoing.destroy())
  onward.on('response', (answer) => {
    const back = { ...answer.headers }
    for (const name of how.removes?.response ?? []) delete back[name]
    outgoing.writeHead(answer.statusCode!, back)
    answer.on('error', () => outgoing.destroy())
    answer.pipe(outgoing)
  })
  if (how.buffers) onward.end(Buffer.concat(body))
  else incoming.on('error', () => onward.destroy()).pipe(onward)
}
