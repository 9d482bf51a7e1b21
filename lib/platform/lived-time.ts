const TICK_MS_MAX = 1_000
const TICKS = 8

/**
 * Call `onTick` again and again with the seconds that this process has lived since. Time during which it stood still
 * (stopped, suspended, a machine that slept) counts as two ticks at most: a stopped clock is nobody's fault. A tick is
 * an eighth of `seconds`, and at most a second. Returns a function that ends it.
 */
export function countLivedTime(seconds: number, onTick: (lived: number) => void): () => void {
  const tick = Math.min(TICK_MS_MAX, (seconds * 1_000) / TICKS)
  let lived = 0
  let before = performance.now()
  const timer = setInterval(() => {
    const now = performance.now()
    lived += Math.min(now - before, 2 * tick)
    before = now
    onTick(lived / 1_000)
  }, tick)
  return () => clearInterval(timer)
}
