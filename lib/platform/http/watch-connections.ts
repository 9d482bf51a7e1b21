import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/** Closing a destroyed socket takes a turn of the event loop; this is only a bound. */
const CLOSE_MS_MAX = 1_000

/** Every connection of a server, those included that Node no longer counts because they were upgraded or tunnelled. */
export interface Connections {
  /**
   * Stops listening, lets requests in flight finish for `drainMs`, then destroys what is left. Settles within
   * `drainMs` and a second in any case.
   */
  close(drainMs: number): Promise<void>
}

/** Must be called before the server listens. */
export function watchConnections(server: Server): Connections {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  return {
    close: (drainMs) =>
      new Promise((resolve) => {
        const force = setTimeout(() => {
          for (const socket of sockets) socket.destroy()
        }, drainMs)
        const giveUp = setTimeout(resolve, drainMs + CLOSE_MS_MAX)
        server.close(() => {
          clearTimeout(force)
          clearTimeout(giveUp)
          resolve()
        })
        server.closeIdleConnections()
      }),
  }
}
