/** Bytes kept of the beginning and of the end: causes come first, failures last. */
const HEAD_BYTES_MAX = 262_144
const TAIL_BYTES_MAX = 262_144

/** What a program says, however much that is, in bounded memory: its beginning and its end. */
export class OutputLog {
  readonly #head: Uint8Array[] = []
  readonly #tail: Uint8Array[] = []
  #headBytes = 0
  #tailBytes = 0
  #leftOut = 0

  add(chunk: Uint8Array): void {
    const room = HEAD_BYTES_MAX - this.#headBytes
    // Copies: the chunk may be a view of something larger.
    const first = new Uint8Array(chunk.subarray(0, room))
    if (first.length > 0) this.#head.push(first)
    this.#headBytes += first.length
    const rest = new Uint8Array(chunk.subarray(room))
    if (rest.length === 0) return
    this.#tail.push(rest)
    this.#tailBytes += rest.length
    while (this.#tailBytes - this.#tail[0]!.length >= TAIL_BYTES_MAX) {
      const gone = this.#tail.shift()!
      this.#tailBytes -= gone.length
      this.#leftOut += gone.length
    }
  }

  /** A line of our own. */
  note(line: string): void {
    this.add(new TextEncoder().encode(`arraydrop: ${line}\n`))
  }

  async *chunks(): AsyncGenerator<Uint8Array, void, void> {
    yield* this.#head
    if (this.#leftOut > 0)
      yield new TextEncoder().encode(`\narraydrop: … ${this.#leftOut} bytes left out …\n`)
    yield* this.#tail
  }
}
