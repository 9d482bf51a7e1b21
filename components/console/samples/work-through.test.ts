import { expect, test } from 'vitest'
import { roundsOf, workThrough } from './work-through.ts'

const samples = (project: string, count: number) =>
  Array.from({ length: count }, (_, n) => ({ id: `${project}-${n}`, project }))

test('Every sample is in one round, and no round is about two projects', () => {
  const chosen = [...samples('a', 30), ...samples('b', 2)]
  const rounds = roundsOf(chosen)
  expect(rounds.map(({ projectId, ids }) => [projectId, ids.length])).toEqual([
    ['a', 25],
    ['a', 5],
    ['b', 2],
  ])
  expect(rounds.flatMap(({ ids }) => ids)).toEqual(chosen.map(({ id }) => id))
})

test('Progress counts what was tried, the result what was changed, and an error stops the rest', async () => {
  const seen: number[] = []
  const rounds = roundsOf(samples('a', 60))
  expect(
    await workThrough(
      rounds,
      async ({ ids }) => ids.length - 1,
      (tried) => seen.push(tried),
    ),
  ).toBe(57)
  expect(seen).toEqual([25, 50, 60])
  const asked: number[] = []
  const failing = workThrough(
    rounds,
    async ({ ids }) => {
      asked.push(ids.length)
      if (asked.length === 2) throw new Error('away')
      return ids.length
    },
    () => {},
  )
  await expect(failing).rejects.toThrow('away')
  expect(asked).toHaveLength(2)
})
