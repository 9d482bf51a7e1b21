import { callApi, type Query } from './api.ts'

/** A GET as the cache of answers knows it: what loads ahead and the page that shows it must ask alike. */
export const questionOf = <Answer>(
  path: string,
  query: Query,
  { version, read }: { version?: string; read?: (text: string) => Answer } = {},
) => ({
  queryKey: [path, query, version] as const,
  queryFn: ({ signal }: { signal: AbortSignal }) => callApi<Answer>(path, { query, signal, read }),
})
