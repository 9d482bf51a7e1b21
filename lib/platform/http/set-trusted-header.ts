import type { IncomingMessage } from 'node:http'

/**
 * Set a request header that the application may trust: anything the client sent under that name is removed. Both
 * forms are set, since Next reads the parsed headers and the tus server the raw ones.
 */
export function setTrustedHeader(request: IncomingMessage, name: string, value: string): void {
  const kept: string[] = []
  for (let i = 0; i + 1 < request.rawHeaders.length; i += 2) {
    const [key, sent] = [request.rawHeaders[i]!, request.rawHeaders[i + 1]!]
    if (key.toLowerCase() !== name) kept.push(key, sent)
  }
  request.rawHeaders.splice(0, request.rawHeaders.length, ...kept, name, value)
  request.headers[name] = value
}
