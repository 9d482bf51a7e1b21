/**
 * Bytes as the body of an answer: nothing is opened until somebody reads, so that a body which nobody wants costs
 * nothing; read only as fast as it is consumed; let go of at the end, on an error and on cancel.
 */
export function bodyOf(pieces: AsyncGenerator<Uint8Array, void, void>): ReadableStream<Uint8Array> {
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
