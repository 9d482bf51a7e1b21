import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { closeSoftly } from './close-softly.ts'

/** A rest of a body that is not worth a new connection: Node reads and discards it. */
const BODY_BYTES_SMALL = 65_536

/**
 * Makes a refusal end its connection where the body is too large (413), or where a long body has not arrived completely.
 * Otherwise Node would keep reading and discarding the rest, however long it is.
 */
export function closeUnread(server: Server): void {
  server.prependListener('request', (request, response) => {
    const write = response.writeHead
    // Every way to send the head of a response ends here, implicit ones included.
    response.writeHead = function (this: ServerResponse, status: number, ...rest: unknown[]) {
      if (status === 413 || (status >= 400 && !request.complete && isLong(request))) {
        response.shouldKeepAlive = false
        // A request whose body was given up has lost its socket by now; its response has not.
        const { socket } = response
        // Node calls this after the last response of a connection.
        if (socket) socket.destroySoon = () => closeSoftly(socket)
      }
      return Reflect.apply(write, this, [status, ...rest])
    } as ServerResponse['writeHead']
  })
}

const isLong = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > BODY_BYTES_SMALL
