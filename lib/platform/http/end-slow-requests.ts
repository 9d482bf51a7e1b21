import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/** A sender below this pace over a whole interval keeps a connection for nothing: 25 MB would take seven hours. */
const BYTES_PER_SECOND_MIN = 1_024
const INTERVAL_MILLISECONDS = 60_000

/**
 * End connections that send a body slower than a minimum pace, instead of after a fixed time: Node's own
 * `requestTimeout` would cut an honest slow uplink. Nothing is lost by it: what came in is kept, and the page resumes.
 */
export function watchPace(server: Server): void {
  server.on('request', (request) => {
    const socket: Socket = request.socket
    let before = socket.bytesRead
    const timer = setInterval(() => {
      const read = socket.bytesRead - before
      before = socket.bytesRead
      if (!request.complete && read < (BYTES_PER_SECOND_MIN * INTERVAL_MILLISECONDS) / 1_000) socket.destroy()
    }, INTERVAL_MILLISECONDS)
    timer.unref()
    const done = () => clearInterval(timer)
    request.once('end', done)
    request.once('close', done)
  })
}
