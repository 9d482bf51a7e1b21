import { type Server, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { closeSoftly } from './close-softly.ts'
import { methodNotAllowed, type OddRequest, pathOf } from './odd-request.ts'

const NOT_HTTP: OddRequest = { status: 400, detail: 'Bad Request: this is not a valid HTTP request.' }
const ODD_OF_ERROR: Record<string, OddRequest> = {
  HPE_HEADER_OVERFLOW: { status: 431, detail: 'Request Header Fields Too Large.' },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: {
    status: 413,
    detail: 'The extensions of a chunk of the body are too long.',
  },
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, detail: 'Request Timeout: the request did not arrive in time.' },
}

/** Writes a refusal for a path: its media type and body. */
export type WriteRefusal = (pathname: string, odd: OddRequest) => { type: string; body: string }

/**
 * Answers and ends what never becomes a request: CONNECT, and bytes that are not HTTP. Node would close the first
 * without a word and answer the others without a body.
 */
export function endUnreadable(server: Server, write: WriteRefusal): void {
  server.on('connect', (_request, socket) => {
    if (unanswered(socket)) {
      socket.destroy()
      return
    }
    // Its target is another host, for which there is no method here.
    answer(socket as Socket, '', methodNotAllowed('CONNECT', ''), write)
  })
  server.on('clientError', (error: Error & { code?: string; rawPacket?: Buffer }, socket) => {
    const response = unanswered(socket)
    // Another response in the middle of one would be read as a part of it; before one, as the answer to its request.
    if (!socket.writable || error.code === 'ECONNRESET' || response?.headersSent || response?.req.complete) {
      socket.destroy()
      return
    }
    const line = error.rawPacket?.subarray(0, 2048).toString('latin1').split('\r\n', 1)[0] ?? ''
    answer(
      socket as Socket,
      pathOf(line.split(' ')[1] ?? ''),
      ODD_OF_ERROR[error.code ?? ''] ?? NOT_HTTP,
      write,
    )
  })
}

/** The response that is still owed on a connection to the request before; Node keeps it under this name. */
const unanswered = (socket: object): ServerResponse | null | undefined =>
  (socket as { _httpMessage?: ServerResponse | null })._httpMessage

function answer(socket: Socket, pathname: string, odd: OddRequest, write: WriteRefusal): void {
  const { type, body } = write(pathname, odd)
  const headers = {
    ...odd.headers,
    'Content-Type': type,
    'Content-Length': String(Buffer.byteLength(body)),
    'Cache-Control': 'no-store',
    Connection: 'close',
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.write(`HTTP/1.1 ${odd.status} ${STATUS_CODES[odd.status]}\r\n${lines.join('')}\r\n${body}`)
  closeSoftly(socket)
}
