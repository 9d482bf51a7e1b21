/**
 * Pieces as the body of a response: nothing is opened before the first read, so an unused body costs nothing. Read
 * only as fast as it is consumed, and released at the end, on an error and on cancel.
 */
export function streamPieces(pieces: AsyncGenerator<Uint8Array, void, void>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await pieces.next()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      async cancel() {
        await pieces.return()
      },
    },
    { highWaterMark: 0 },
  )
}
