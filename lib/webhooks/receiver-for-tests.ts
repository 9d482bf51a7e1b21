import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Received {
  path: string
  headers: IncomingHttpHeaders
  body: string
  event: {
    event_id: string
    event_type: string
    payload: { samples: { id: string; last_status: { status: string } }[] }
  }
}

/** What the receiver responds to a delivery; a handler that does nothing lets it hang. */
type Answer = (response: ServerResponse, received: Received) => void

export const answering =
  (status: number, headers: Record<string, string> = {}, body = ''): Answer =>
  (response) =>
    void response.writeHead(status, headers).end(body)

/** A partner's server on this machine: it keeps what it receives, responds as configured, and can stop and restart. */
export async function startReceiver() {
  const received: Received[] = []
  const awaited = new Set<() => void>()
  let answer: Answer = answering(200)
  let server: Server | undefined
  let port = 0
  let atOnce = 0
  let atOnceMax = 0

  const start = async () => {
    server = createServer(async (request, response) => {
      atOnceMax = Math.max(atOnceMax, ++atOnce)
      response.once('close', () => atOnce--)
      let body = ''
      for await (const chunk of request) body += chunk
      const one = { path: request.url!, headers: request.headers, body, event: JSON.parse(body)[0] }
      received.push(one)
      for (const look of awaited) look()
      answer(response, one)
    })
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    port = (server.address() as AddressInfo).port
  }
  const stop = async () => {
    server?.closeAllConnections()
    await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)))
    server = undefined
  }
  await start()
  return {
    received,
    get url() {
      return `http://127.0.0.1:${port}/hook`
    },
    /** The most deliveries that were under way at once. */
    atOnceMax: () => atOnceMax,
    answers: (next: Answer) => {
      answer = next
    },
    /** Wait until so many deliveries have arrived. */
    until: (count: number) =>
      new Promise<void>((resolve) => {
        const look = () => {
          if (received.length < count) return
          awaited.delete(look)
          resolve()
        }
        awaited.add(look)
        look()
      }),
    start,
    stop,
  }
}

export type Receiver = Awaited<ReturnType<typeof startReceiver>>
