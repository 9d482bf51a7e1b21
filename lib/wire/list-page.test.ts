import { expect, test } from 'vitest'
import { untilFound } from './list-page.ts'

test('a first page is looked for in steps, each from where the one before has ended, until something is found or nothing is left', async () => {
  for (const [found, last] of [
    [30, 40],
    [40, 40],
    [Number.NaN, 40],
  ] as const) {
    const asked: (number | undefined)[] = []
    const { rows } = await untilFound(async (after: number | undefined) => {
      asked.push(after)
      const n = (after ?? 0) + 1
      return { rows: n === found ? [n] : [], next: n === last ? undefined : n }
    })
    const steps = Number.isNaN(found) ? last : found
    expect(rows).toEqual(Number.isNaN(found) ? [] : [found])
    expect(asked).toEqual([undefined, ...Array.from({ length: steps - 1 }, (_, n) => n + 1)])
  }
})
