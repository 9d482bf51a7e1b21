/** Says these words when Ctrl-C ends the process, which it still does. Returns what to call when they no longer apply. */
export function sayAtInterrupt(words: () => string): () => void {
  const end = () => {
    process.stderr.write(`\n${words()}\n`)
    process.kill(process.pid, 'SIGINT')
  }
  process.once('SIGINT', end)
  return () => void process.off('SIGINT', end)
}
