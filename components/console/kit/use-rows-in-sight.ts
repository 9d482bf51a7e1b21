import { useDeferredValue } from 'react'

/** As many rows as a large screen shows below the head of a page. */
const IN_SIGHT = 14

/** The rows to draw: at first those in sight, so that they are there sooner, and all of them right after. */
export function useRowsInSight<Row>(rows: readonly Row[]): readonly Row[] {
  const whole = useDeferredValue(true, false)
  return whole ? rows : rows.slice(0, IN_SIGHT)
}
