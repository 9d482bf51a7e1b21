import type { SampleOverviewPage } from '#lib/insights/overview-wire.ts'
import { wordsOf } from '../api/problem-words.ts'

/** What a search of samples came to for the text that is in the field now. */
export type FoundSamples =
  | { state: 'idle' | 'searching'; samples: [] }
  | { state: 'found'; samples: SampleOverviewPage['results'] }
  /** Nothing among those that were looked at, and there are others. */
  | { state: 'unfinished'; samples: [] }
  /** Not the same as nothing found. */
  | { state: 'failed'; samples: []; why: string }

interface Search {
  /** The text in the field. */
  wanted: string
  /** The text that was searched for. */
  search: string
  /** Whether it is one that is searched for. */
  enabled: boolean
  result: {
    data: SampleOverviewPage | undefined
    error: Error | null
    isFetching: boolean
    isPlaceholderData: boolean
  }
}

/** An answer to an earlier text, or a failure before the present try, is none. */
export function foundSamples({ wanted, search, enabled, result }: Search): FoundSamples {
  const { data, error, isFetching, isPlaceholderData } = result
  if (!enabled) return { state: 'idle', samples: [] }
  if (search !== wanted) return { state: 'searching', samples: [] }
  if (error && !isFetching) return { state: 'failed', samples: [], why: wordsOf(error) }
  if (isPlaceholderData || !data || error) return { state: 'searching', samples: [] }
  if (data.results.length === 0 && data.meta.next !== null) return { state: 'unfinished', samples: [] }
  return { state: 'found', samples: data.results }
}
