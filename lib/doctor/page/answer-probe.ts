import type { IncomingMessage, ServerResponse } from 'node:http'
import { PROBE_BYTES_MAX } from '../limits.ts'

/** Below the path of real uploads, so that whatever treats those treats these the same. */
const ONE_REQUEST = '/api/upload/files?doctor'
const STARTED = '/api/upload/files/doctor'

/** Whether a request is one with which `/doctor` tries the network. Other methods there are those of an upload. */
export const isProbe = ({ url, method = '' }: Pick<IncomingMessage, 'url' | 'method'>): boolean =>
  url === STARTED ? /^(?:POST|PATCH|HEAD)$/.test(method) : url === ONE_REQUEST && method === 'POST'

/**
 * Counts the bytes of a probe, keeps none, and tells the page what arrived of it. Answers 413 and ends the connection once
 * a body is larger than a chunk may be.
 */
export async function answerProbe(request: IncomingMessage, response: ServerResponse): Promise<void> {
  response.setHeader('Cache-Control', 'no-store')
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > PROBE_BYTES_MAX) return refuseProbe(response, 413, { Connection: 'close' })
  }
  const { headers } = request
  response.setHeader('Upload-Offset', bytes)
  response.setHeader('Tus-Resumable', '1.0.0')
  if (request.method === 'HEAD') return refuseProbe(response, 204)
  const body = JSON.stringify({
    doctor: 1,
    now: Date.now(),
    bytes,
    token: headers.authorization === 'Bearer doctor',
    offset: headers['upload-offset'] !== undefined && headers['tus-resumable'] !== undefined,
  })
  response.setHeader('Content-Type', 'application/json')
  response.setHeader('Content-Length', Buffer.byteLength(body))
  response.end(body)
}

function refuseProbe(response: ServerResponse, status: number, headers: Record<string, string> = {}): void {
  response.writeHead(status, headers).end()
}
