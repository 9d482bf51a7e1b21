import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { EngineFailure } from './engine.ts'
import { createSharedRuns } from './share-runs.ts'

const never = new AbortController().signal
/** Until everything that can go on without a process has done so. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve))

/** Shared runs whose every run is kept, and ends when it is told to. */
function held({ processes = 1, jobsMax = 10 } = {}) {
  const runs: { jobs: string[]; signal: AbortSignal; end(error?: Error): Promise<void> }[] = []
  const prepared: { job: string; end(error?: Error): Promise<void> }[] = []
  const shared = createSharedRuns<string, string>({
    processes,
    jobsMax,
    runAll: (jobs, signal) => {
      const { promise, resolve, reject } = Promise.withResolvers<string[]>()
      signal.addEventListener('abort', () => reject(signal.reason), { once: true })
      const end = (error?: Error) => {
        if (error) reject(error)
        else resolve(jobs.map((job) => `${job} imputed`))
        return settle()
      }
      runs.push({ jobs, signal, end })
      return promise
    },
  })
  const ask = (job: string, { key = 'key', signal = never } = {}) => {
    const prepare = () => {
      const { promise, resolve, reject } = Promise.withResolvers<string>()
      const end = (error?: Error) => {
        if (error) reject(error)
        else resolve(job)
        return settle()
      }
      prepared.push({ job, end })
      return promise
    }
    return shared.run(key, prepare, signal).catch((error: Error) => error)
  }
  const prepareAll = async () => {
    for (let at = 0; at < prepared.length; at++) await prepared[at]!.end()
  }
  return { ask, runs, prepared, prepareAll }
}

describe('jobs that may share a run', () => {
  test('are prepared one after the other, then run together, and each has its own result', async () => {
    const { ask, runs, prepared, prepareAll } = held()
    const all = ['a', 'b', 'c'].map((job) => ask(job))
    await settle()
    expect(prepared.map(({ job }) => job)).toEqual(['a'])
    await prepareAll()
    expect(runs.map(({ jobs }) => jobs)).toEqual([['a', 'b', 'c']])
    await runs[0]!.end()
    expect(await Promise.all(all)).toEqual(['a imputed', 'b imputed', 'c imputed'])
  })

  test('wait for one that is still being prepared, though a process is free; others do not', async () => {
    const { ask, runs, prepared } = held({ processes: 3 })
    const all = [ask('a'), ask('b'), ask('other', { key: 'other' })]
    await settle()
    await prepared[0]!.end()
    await prepared[2]!.end()
    expect(runs.map(({ jobs }) => jobs)).toEqual([['other']])
    await prepared[1]!.end()
    expect(runs.map(({ jobs }) => jobs)).toEqual([['other'], ['a', 'b']])
    for (const run of runs) await run.end()
    expect(await Promise.all(all)).toEqual(['a imputed', 'b imputed', 'other imputed'])
  })

  test('do not wait for one whose preparation failed, and are not failed by it', async () => {
    const { ask, runs, prepared } = held({ processes: 2 })
    const [a, b] = [ask('a'), ask('b')]
    await settle()
    await prepared[0]!.end()
    await prepared[1]!.end(new EngineFailure('faulty', 'b is broken'))
    expect(await b).toMatchObject({ message: 'b is broken' })
    await runs[0]!.end()
    expect(await a).toBe('a imputed')
  })

  test('are run in halves until the one that breaks the run is alone', async () => {
    const tried: string[][] = []
    const shared = createSharedRuns<string, string>({
      processes: 1,
      jobsMax: 8,
      runAll: async (jobs) => {
        tried.push(jobs)
        if (jobs.includes('broken')) throw new EngineFailure('faulty', 'ended with 139')
        return jobs.map((job) => `${job} imputed`)
      },
    })
    const jobs = ['a', 'b', 'broken', 'd', 'e']
    const ended = await Promise.allSettled(jobs.map((job) => shared.run('key', async () => job, never)))
    expect(ended.map((one) => (one.status === 'fulfilled' ? one.value : one.reason.message))).toEqual(
      jobs.map((job) => (job === 'broken' ? 'ended with 139' : `${job} imputed`)),
    )
    expect(tried[0]).toEqual(jobs)
    expect(tried).toContainEqual(['broken'])
  })

  test.each(['missing', 'disk'] as const)('all wait where the program is at fault by %s', async (kind) => {
    const { ask, runs, prepareAll } = held()
    const all = ['a', 'b'].map((job) => ask(job))
    await prepareAll()
    await runs[0]!.end(new EngineFailure(kind, kind))
    expect(await Promise.all(all)).toMatchObject([{ kind }, { kind }])
    expect(runs).toHaveLength(1)
  })

  test('run again without one that is aborted in the middle; that one has nothing running any more', async () => {
    const { ask, runs, prepareAll } = held()
    const abort = new AbortController()
    const [a, b, c] = [ask('a'), ask('b', { signal: abort.signal }), ask('c')]
    await prepareAll()
    abort.abort(new Error('the sample was deleted'))
    expect(runs[0]!.signal.aborted).toBe(true)
    expect(await b).toMatchObject({ message: 'the sample was deleted' })
    expect(runs.map(({ jobs }) => jobs)).toEqual([
      ['a', 'b', 'c'],
      ['a', 'c'],
    ])
    await runs[1]!.end()
    expect(await Promise.all([a, c])).toEqual(['a imputed', 'c imputed'])
  })

  test('are left at once by one that is aborted while it waits, for a process or for the others', async () => {
    const { ask, runs, prepared } = held()
    const [first, last] = [new AbortController(), new AbortController()]
    const all = [ask('a', { signal: first.signal }), ask('b'), ask('c', { signal: last.signal })]
    await settle()
    await prepared[0]!.end()
    last.abort(new Error('waited for a process'))
    expect(await all[2]).toMatchObject({ message: 'waited for a process' })
    first.abort(new Error('waited for the others'))
    expect(await all[0]).toMatchObject({ message: 'waited for the others' })
    await prepared[1]!.end()
    expect(runs.map(({ jobs }) => jobs)).toEqual([['b']])
    await runs[0]!.end()
    expect(await all[1]).toBe('b imputed')
  })
})

test('whatever comes, fails or is aborted, every job ends with its own result, and no limit is passed', async () => {
  const act = fc.record({
    key: fc.constantFrom('x', 'y'),
    fate: fc.constantFrom('well', 'broken', 'unprepared', 'aborted'),
    after: fc.nat(3),
  })
  const plan = { acts: fc.array(act, { maxLength: 12 }), processes: fc.integer({ min: 1, max: 3 }) }
  await fc.assert(
    fc.asyncProperty(fc.record({ ...plan, jobsMax: fc.integer({ min: 1, max: 4 }) }), async (drawn) => {
      const { acts, processes, jobsMax } = drawn
      let running = 0
      const inProcess = async <T>(work: () => Promise<T>): Promise<T> => {
        running++
        expect(running).toBeLessThanOrEqual(processes)
        try {
          return await work()
        } finally {
          running--
        }
      }
      const shared = createSharedRuns<{ at: number; key: string; fate: string }, number>({
        processes,
        jobsMax,
        runAll: (jobs, signal) =>
          inProcess(async () => {
            expect(jobs.length).toBeLessThanOrEqual(jobsMax)
            expect(new Set(jobs.map(({ key }) => key)).size).toBe(1)
            await settle()
            signal.throwIfAborted()
            if (jobs.some(({ fate }) => fate === 'broken')) throw new Error('broken')
            return jobs.map(({ at }) => at)
          }),
      })
      const ended = acts.map(async ({ key, fate, after }, at) => {
        for (let n = 0; n < after; n++) await settle()
        const abort = new AbortController()
        const prepare = () =>
          inProcess(async () => {
            await settle()
            if (fate === 'unprepared') throw new Error('unprepared')
            return { at, key, fate }
          })
        const run = shared.run(key, prepare, abort.signal)
        if (fate === 'aborted') void settle().then(() => abort.abort(new Error('aborted')))
        return run.catch((error: Error) => error.message)
      })
      const fates = await Promise.all(ended)
      for (const [at, { fate }] of acts.entries()) {
        if (fate === 'aborted') expect([at, 'aborted']).toContain(fates[at])
        else expect(fates[at]).toBe(fate === 'well' ? at : fate)
      }
    }),
    { numRuns: 60 },
  )
})
