import { type Agent, type OutgoingHttpHeaders, request } from 'node:http'

export interface BenchRequest {
  method: string
  path: string
  headers?: OutgoingHttpHeaders
  body?: Uint8Array
  agent?: Agent
}

export interface BenchAnswer {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: string
}

/** One request over a kept connection. Rejects when the connection ends without an answer. */
export function sendRequest(
  origin: string,
  { body, headers = {}, ...rest }: BenchRequest,
): Promise<BenchAnswer> {
  const { hostname, port } = new URL(origin)
  const length = body ? { 'Content-Length': body.length } : {}
  return new Promise((resolve, reject) => {
    const outgoing = request({ hostname, port, ...rest, headers: { ...length, ...headers } })
    outgoing.on('error', reject)
    outgoing.on('response', async (incoming) => {
      try {
        const body = (await incoming.toArray()).join('')
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body })
      } catch (error) {
        reject(error)
      }
    })
    outgoing.end(body)
  })
}
