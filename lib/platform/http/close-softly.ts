import type { Socket } from 'node:net'

/** Time for a client to read the last response, and to notice that nobody reads its request any more. */
const LINGER_MS = 2_000

/**
 * Ends a connection so that its last response arrives: closes our half, discards what still comes in, and destroys
 * the socket after two seconds at the latest. Destroying it at once would send a reset while unread bytes are waiting,
 * and a reset makes many clients drop the response.
 */
export function closeSoftly(socket: Socket): void {
  socket.on('error', () => {})
  socket.end()
  socket.resume()
  const timer = setTimeout(() => socket.destroy(), LINGER_MS)
  socket.once('close', () => clearTimeout(timer))
}
