import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/** A slower sender occupies a connection without use: at this pace 25 MB take seven hours. */
const BYTES_PER_SECOND_MIN = 1_024
const INTERVAL_MS = 60_000

/**
 * End connections that send a body slower than a minimum pace, instead of after a fixed time: Node's own
 * `requestTimeout` would cut off people with a slow uplink. Nothing is lost: received bytes are kept, and the page resumes.
 */
export function endSlowRequests(server: Server): void {
  server.on('request', (request) => {
    const socket: Socket = request.socket
    let before = socket.bytesRead
    const timer = setInterval(() => {
      const read = socket.bytesRead - before
      before = socket.bytesRead
      if (!request.complete && read < (BYTES_PER_SECOND_MIN * INTERVAL_MS) / 1_000) socket.destroy()
    }, INTERVAL_MS)
    timer.unref()
    const done = () => clearInterval(timer)
    request.once('end', done)
    request.once('close', done)
  })
}
