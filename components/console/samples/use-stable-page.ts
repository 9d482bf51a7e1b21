'use client'

import { useMemo, useState } from 'react'

interface Page<Item> {
  results: Item[]
}

interface Asked<Answer> {
  data: Answer | undefined
  isPlaceholderData: boolean
  isFetchedAfterMount: boolean
}

interface StablePage<Answer> {
  /** The rows to show: in the order first seen, with current values. */
  page: Answer | undefined
  /** The list has changed. */
  outdated: boolean
  /** Shows the current list. */
  renew(): void
}

interface Held<Answer> {
  question: string
  page: Answer
  fetched: boolean
}

/**
 * Keeps the rows of a refreshing list in place, so that none moves under the pointer. While the request is the same, rows
 * are updated where they are; new ones appear when the person asks for them.
 */
export function useStablePage<Item extends { id: string }, Answer extends Page<Item>>(
  { data, isPlaceholderData, isFetchedAfterMount }: Asked<Answer>,
  question: string,
): StablePage<Answer> {
  const [held, setHeld] = useState<Held<Answer> | null>(null)
  const current = data !== undefined && !isPlaceholderData
  const hold = () => current && setHeld({ question, page: data, fetched: isFetchedAfterMount })
  // Rows from a cache are replaced by the first answer: nobody has relied on their order yet.
  if (current && (held === null || held.question !== question || (isFetchedAfterMount && !held.fetched)))
    hold()
  const page = useMemo(() => {
    if (held === null) return data
    if (!current || held.question !== question) return held.page
    const latest = new Map(data.results.map((item) => [item.id, item]))
    const results = held.page.results.map((item) => latest.get(item.id) ?? item)
    // Its count and its next page belong to the rows that are shown.
    return { ...(idsOf(held.page) === idsOf(data) ? data : held.page), results }
  }, [held, data, current, question])
  const outdated = current && held?.question === question && idsOf(held.page) !== idsOf(data)
  return { page, outdated, renew: hold }
}

const idsOf = <Item extends { id: string }>({ results }: Page<Item>): string =>
  results.map(({ id }) => id).join(' ')
