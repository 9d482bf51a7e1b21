/** What `read` answers, asked again only after so many seconds; a rejection is not kept. */
export function rememberFor<T>(
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
