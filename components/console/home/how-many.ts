import type { Page } from '../api/api.ts'

/** How many a list has, in digits, with a plus where there may be others; null where it is known to have none. */
export function howMany(page: Page<unknown> | undefined): string | null {
  if (!page) return null
  const { meta, results } = page
  const count = Math.max(meta.count, results.length)
  const others = meta.more === true || (results.length === 0 && meta.next !== null)
  return count === 0 && !others ? null : `${count}${others ? '+' : ''}`
}
