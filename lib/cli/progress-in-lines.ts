const LINE_MS = 10_000

/** Where there is no terminal, a line now and then. */
export function progressInLines(words: (done: number) => string): (done: number) => void {
  let last = performance.now()
  return (done) => {
    if (performance.now() - last < LINE_MS) return
    last = performance.now()
    process.stderr.write(`${words(done)}\n`)
  }
}
