import { expect, test } from 'vitest'
import { demandPassed, untilFound } from './list-page.ts'

/** A list of which each step looks at one row, and the row with this number is the first that is found. */
const listWith = (found: number) => {
  const asked: (number | undefined)[] = []
  const step = async (after: number | undefined) => {
    asked.push(after)
    const n = (after ?? 0) + 1
    return { rows: n === found ? [n] : [], next: n }
  }
  return { asked, step }
}

test('a first page is looked for in twenty steps, each from where the one before has ended', async () => {
  const { asked, step } = listWith(20)
  expect((await untilFound(step)).rows).toEqual([20])
  expect(asked).toEqual([undefined, ...Array.from({ length: 19 }, (_, n) => n + 1)])
})

test('where nothing is found in so many, the request is refused rather than called empty', async () => {
  const { asked, step } = listWith(21)
  await expect(untilFound(step)).rejects.toMatchObject({ code: 'invalid', message: /Nothing was found/ })
  expect(asked).toHaveLength(20)
})

test('a list with nothing in it is empty', async () => {
  expect(await untilFound(async () => ({ rows: [], next: undefined }))).toEqual({ rows: [], next: undefined })
})

test('a page at an offset is refused where looking ended before the offset, and nowhere else', () => {
  const ended = { rows: [], next: { value: 'v', id: 'i' } }
  expect(() => demandPassed({ offset: 50 }, ended)).toThrowError(
    expect.objectContaining({ code: 'invalid', fields: { offset: [expect.stringContaining('"next"')] } }),
  )
  for (const [page, found] of [
    [{ offset: 0 }, ended],
    [{ offset: 50, after: { sort: 's', value: 'v', id: 'i' } }, ended],
    [{ offset: 50 }, { rows: [] }],
    [{ offset: 50 }, { ...ended, rows: ['one'] }],
  ] as const)
    expect(() => demandPassed(page, found)).not.toThrow()
})
