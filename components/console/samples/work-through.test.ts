import { expect, test } from 'vitest'
import { ApiProblem } from '../api/api.ts'
import { type Round, roundsOf, sayWorked, workThrough } from './work-through.ts'

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

const problem = (status: number) => new ApiProblem(status, 'No.', {}, 'req-1')

/** Works on the samples of a service that has `there`, and says which are through. */
async function work(count: number, { act, there = () => true, skips = false }: Partial<Parts>) {
  const through: string[] = []
  const worked = await workThrough(roundsOf(samples('a', count)), {
    act: act ?? (async ({ ids }) => ids.length),
    skips,
    existing: async (ids) => ids.filter(there),
    through: (ids) => through.push(...ids),
    signal: new AbortController().signal,
  })
  return { ...worked, through: through.length }
}

interface Parts {
  act: (round: Round) => Promise<number>
  there: (id: string) => boolean
  skips: boolean
}

test('Samples are through round by round, and the result counts what was changed', async () => {
  const all = await work(60, { act: async ({ ids }) => ids.length - 1 })
  expect(all).toEqual({ tried: 60, changed: 57, gone: 0, error: null, through: 60 })
})

test('After a failure in the middle, what was done is counted and the others are left to repeat it with', async () => {
  let asked = 0
  const act = async ({ ids }: Round) => {
    if (++asked === 2) throw problem(503)
    return ids.length
  }
  const worked = await work(55, { act })
  expect(worked).toMatchObject({ tried: 25, changed: 25, through: 25, error: { status: 503 } })
  expect(sayWorked(worked, 55, 'deleted')).toBe('25 of 55 samples were deleted.')
  expect(sayWorked({ ...worked, error: problem(0) }, 55, 'deleted')).toBe(
    'At least 25 of 55 samples were deleted.',
  )
  expect(asked).toBe(2)
})

test('Samples that no longer exist do not hold up the others', async () => {
  const there = (id: string) => !['a-3', 'a-30'].includes(id)
  const act = async ({ ids }: Round) => {
    if (!ids.every(there)) throw problem(400)
    return ids.length
  }
  const worked = await work(55, { act, there })
  expect(worked).toEqual({ tried: 55, changed: 53, gone: 2, error: null, through: 55 })
  expect(sayWorked(worked, 55, 'deleted')).toBe('53 of 55 samples were deleted. 2 no longer exist.')
})

test('A round in which nothing can be changed is skipped or ends the work, as the deed has it', async () => {
  const act = async () => {
    throw problem(400)
  }
  expect(await work(30, { act, skips: true })).toMatchObject({ tried: 30, changed: 0, error: null })
  expect(await work(30, { act })).toMatchObject({ tried: 0, error: { status: 400 } })
})

test('Work ends before the next round once the page is left', async () => {
  const leaving = new AbortController()
  const worked = await workThrough(roundsOf(samples('a', 60)), {
    act: async ({ ids }) => ids.length,
    skips: false,
    existing: async (ids) => [...ids],
    through: () => leaving.abort(),
    signal: leaving.signal,
  })
  expect(worked).toEqual({ tried: 25, changed: 25, gone: 0, error: null })
})
