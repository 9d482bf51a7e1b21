const ROUND = [1, 2, 5, 10, 20, 25, 50]

/** A round number, such that its multiples mark a scale of so many values some five times. */
export function tickStep(values: number): number {
  const wanted = values / 5
  const scale = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, wanted))) - 1)
  return (ROUND.find((round) => round * scale >= wanted) ?? 100) * scale
}
