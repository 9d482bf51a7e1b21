import type { MedianTimes, TimeBucket } from './insights-table.ts'

/**
 * Medians of times that are known only by their bucket, as if they were spread evenly within it: off by less than a
 * tenth at worst, and by a hundredth or so where there are many.
 */
export function mediansOf(buckets: readonly TimeBucket[]): MedianTimes {
  const medianOf = (step: keyof MedianTimes) =>
    medianOfBuckets(buckets.filter((bucket) => bucket.step === step))
  return {
    until_opened: medianOf('until_opened'),
    until_received: medianOf('until_received'),
    until_done: medianOf('until_done'),
  }
}

function medianOfBuckets(buckets: readonly TimeBucket[]): number | null {
  let before = buckets.reduce((total, { n }) => total + n, 0) / 2
  for (const { bucket, n } of buckets) {
    if (before <= n) return 2 ** ((bucket + before / n) / 8)
    before -= n
  }
  return null
}
