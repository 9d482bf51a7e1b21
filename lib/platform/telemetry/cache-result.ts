/** `read` with its result cached for this many seconds; a rejection is not cached. */
export function cacheResult<T>(
  seconds: number,
  read: () => Promise<T>,
  now: () => number = () => performance.now(),
): () => Promise<T> {
  let kept: { until: number; answer: Promise<T> } | undefined
  return () => {
    if (kept && now() < kept.until) return kept.answer
    const answer = read()
    const mine = { until: now() + seconds * 1_000, answer }
    kept = mine
    answer.catch(() => {
      if (kept === mine) kept = undefined
    })
    return answer
  }
}
