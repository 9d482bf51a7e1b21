/** Fewer values than these have no usual range. */
export const USUAL_FROM = 20
/** How far from the median a value is unusual, in robust standard deviations. */
const FAR = 5
/** A robust standard deviation is this many median distances from the median, for values that scatter normally. */
const PER_MEDIAN_DISTANCE = 1.4826

/** Where the values of a group usually lie. */
export interface UsualRange {
  median: number
  from: number
  to: number
}

/**
 * The range outside of which a value is unusual among these, by median and median distance, which outliers themselves
 * do not move. `least`: never closer to the median than this. Undefined for fewer than USUAL_FROM values.
 */
export function usualRange(values: readonly number[], least: number): UsualRange | undefined {
  if (values.length < USUAL_FROM) return undefined
  const median = medianOf(values)
  const spread = PER_MEDIAN_DISTANCE * medianOf(values.map((value) => Math.abs(value - median)))
  const reach = Math.max(FAR * spread, least)
  return { median, from: median - reach, to: median + reach }
}

export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
