import { type Server, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { closeSoftly } from './close-softly.ts'
import { methodNotAllowed, type OddRequest, pathOf } from './odd-request.ts'

const STATUS_OF_ERROR: Record<string, number> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
}

/** Writes a refusal for a path: its media type and body. */
export type WriteRefusal = (pathname: string, odd: OddRequest) => { type: string; body: string }

/**
 * Answers and ends what never becomes a request: CONNECT, and bytes that are not HTTP. Node would close the first
 * without a word and answer the others without a body.
 */
export function endUnreadable(server: Server, write: WriteRefusal): void {
  server.on('connect', (_request, socket) => {
    // Its target is another host, for which there is no method here.
    answer(socket as Socket, '', methodNotAllowed('CONNECT', ''), write)
  })
  server.on('clientError', (error: Error & { code?: string; rawPacket?: Buffer }, socket) => {
    const { _httpMessage } = socket as { _httpMessage?: { headersSent: boolean } | null }
    // Another response in the middle of one would be read as a part of it.
    if (!socket.writable || error.code === 'ECONNRESET' || _httpMessage?.headersSent) {
      socket.destroy()
      return
    }
    const status = STATUS_OF_ERROR[error.code ?? ''] ?? 400
    const line = error.rawPacket?.subarray(0, 2048).toString('latin1').split('\r\n', 1)[0] ?? ''
    const detail = `${STATUS_CODES[status]}: this is not a valid HTTP request.`
    answer(socket as Socket, pathOf(line.split(' ')[1] ?? ''), { status, detail }, write)
  })
}

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
