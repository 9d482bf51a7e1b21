import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** The client went away while it was sent to, or before. */
const GONE = ['ERR_STREAM_PREMATURE_CLOSE', 'ERR_STREAM_UNABLE_TO_PIPE']

/**
 * Sends a `Response` on Node's own response with every header it has; Next would drop `Content-Length` and leave a
 * client without a total, and over HTTP/1.0 without a way to notice a cut. A body that breaks off, or ends too early, ends
 * the connection before its length is reached. Rejects when reading the body failed, and not when the client went away.
 */
export async function sendResponse(response: Response, to: ServerResponse): Promise<void> {
  const { status, headers, body } = response
  to.statusCode = status
  to.setHeaders(headers)
  if (!body) return void to.end()
  if (status >= 400) return sendRefusal(response, to)
  try {
    await pipeline(Readable.from(ofLength(body, headers.get('content-length'))), to)
  } catch (error) {
    if (!GONE.includes((error as { code?: string }).code ?? '')) throw error
  }
}

/** A refusal is short: its length is known once it was read. */
async function sendRefusal(response: Response, to: ServerResponse): Promise<void> {
  const body = Buffer.from(await response.arrayBuffer())
  to.setHeader('Content-Length', body.length)
  to.end(body)
}

/** A body as it is; fails at the end of one that is shorter than it said: a client that keeps the connection would wait. */
async function* ofLength(body: AsyncIterable<Uint8Array>, length: string | null) {
  let sent = 0
  for await (const chunk of body) {
    sent += chunk.length
    yield chunk
  }
  if (length !== null && sent < Number(length))
    throw new Error(`The body ended at ${sent} of ${length} bytes`)
}
