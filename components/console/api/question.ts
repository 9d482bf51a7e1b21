import { callApi, type Query } from './api.ts'

/** How many pages a list is looked for further where a page is empty and others follow. */
const FOLLOWED_MAX = 4

/**
 * A GET as the cache of answers knows it: what loads ahead and the page that shows it must ask alike. A page of a list that
 * ended before anything was found is followed a few times.
 */
export const questionOf = <Answer>(
  path: string,
  query: Query,
  { version, read }: { version?: string; read?: (text: string) => Answer } = {},
) => ({
  queryKey: [path, query, version] as const,
  queryFn: async ({ signal }: { signal: AbortSignal }) => {
    let answer = await callApi<Answer>(path, { query, signal, read })
    for (let followed = 0; followed < FOLLOWED_MAX; followed += 1) {
      const after = placeBehind(answer)
      if (after === null) break
      answer = await callApi<Answer>(path, { query: { ...query, offset: null, after }, signal, read })
    }
    return answer
  },
})

/** Where a list goes on behind a page without rows; null for any other answer. */
function placeBehind(answer: unknown): string | null {
  const { results, meta } = (answer ?? {}) as { results?: unknown; meta?: { next?: unknown } }
  if (!Array.isArray(results) || results.length > 0 || typeof meta?.next !== 'string') return null
  return new URL(meta.next).searchParams.get('after')
}
