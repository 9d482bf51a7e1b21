import { callApi, type Page, type Query } from '../api/api.ts'

/** As many as one page of a list has. */
const ROUND_SAMPLES = 200
/** No more rounds than this, whatever the service answers: 2 million samples. */
const ROUNDS_MAX = 10_000

interface Work {
  projectId: string
  /** Which samples; those that were done no longer fit it. */
  query: Query
  act: (ids: string[]) => Promise<unknown>
  /** Said after each round. */
  progress: (done: number) => void
}

/** Do something with every sample of a project that fits, 200 at a time; how many there were. What was done stays done. */
export async function workThroughSamples({ projectId, query, act, progress }: Work): Promise<number> {
  let done = 0
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const { results } = await callApi<Page<{ id: string }>>(`project-samples/${projectId}`, {
      query: { ...query, limit: ROUND_SAMPLES },
    })
    if (results.length === 0) return done
    await act(results.map(({ id }) => id))
    done += results.length
    progress(done)
  }
  return done
}
