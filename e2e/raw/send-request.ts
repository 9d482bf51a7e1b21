import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http'

export interface RawAnswer {
  status: number
  headers: IncomingHttpHeaders
  body: string
  json<Body>(): Body
}

export interface RawRequest {
  method: string
  path: string
  headers?: OutgoingHttpHeaders
}

/** A request whose body is sent piece by piece, by hand. */
export interface OpenRequest {
  /** Resolves once the system has taken these bytes. */
  write(bytes: Uint8Array): Promise<void>
  /** The last bytes; resolves with the answer. */
  end(bytes?: Uint8Array): Promise<RawAnswer>
  /** Rejects when the connection ends without one. */
  answer: Promise<RawAnswer>
  /** Drop the connection, as a phone in a tunnel does. */
  cut(): void
}

/** Begins a request on its own connection. `address` is an origin such as `http://127.0.0.1:3000`. */
export function openRequest(address: string, { method, path, headers = {} }: RawRequest): OpenRequest {
  const { hostname, port } = new URL(address)
  // The path goes out as it is written: `URL` would tidy it up.
  const outgoing = request({ hostname, port, method, path, headers, agent: false })
  const answer = new Promise<RawAnswer>((resolve, reject) => {
    outgoing.on('error', reject)
    outgoing.on('response', (incoming) => {
      let body = ''
      incoming.setEncoding('utf8')
      incoming.on('data', (text) => (body += text))
      incoming.on('error', reject)
      incoming.on('end', () => {
        const { statusCode = 0, headers } = incoming
        resolve({ status: statusCode, headers, body, json: () => JSON.parse(body) })
      })
    })
  })
  // A caller that cuts a request does not wait for its answer.
  answer.catch(() => {})
  return {
    answer,
    write: (bytes) =>
      new Promise((resolve, reject) =>
        outgoing.write(bytes, (error) => (error ? reject(error) : resolve(undefined))),
      ),
    end(bytes) {
      outgoing.end(bytes)
      return answer
    },
    cut: () => void outgoing.destroy(),
  }
}

/** A whole request at once. */
export function sendRequest(
  address: string,
  { body, headers = {}, ...rest }: RawRequest & { body?: Uint8Array | string },
): Promise<RawAnswer> {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body
  const length = bytes ? { 'Content-Length': bytes.length } : {}
  return openRequest(address, { ...rest, headers: { ...length, ...headers } }).end(bytes)
}
