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
  /** What to draw: rows stay where they are, and say what is new about them. */
  page: Answer | undefined
  /** Other rows belong here by now. */
  outdated: boolean
  /** Draw them. */
  renew(): void
}

interface Held<Answer> {
  question: string
  page: Answer
  fetched: boolean
}

/**
 * A list that is asked again and again, without rows that jump away under a hand: while the question is the same, rows
 * are renewed where they stand; others come when the person wants them.
 */
export function useStablePage<Item extends { id: string }, Answer extends Page<Item>>(
  { data, isPlaceholderData, isFetchedAfterMount }: Asked<Answer>,
  question: string,
): StablePage<Answer> {
  const [held, setHeld] = useState<Held<Answer> | null>(null)
  const current = data !== undefined && !isPlaceholderData
  const hold = () => current && setHeld({ question, page: data, fetched: isFetchedAfterMount })
  // What a cache gave at first is no order that anybody has got used to.
  if (current && (held === null || held.question !== question || (isFetchedAfterMount && !held.fetched)))
    hold()
  const page = useMemo(() => {
    if (held === null) return data
    if (!current || held.question !== question) return held.page
    const latest = new Map(data.results.map((item) => [item.id, item]))
    return { ...data, results: held.page.results.map((item) => latest.get(item.id) ?? item) }
  }, [held, data, current, question])
  const outdated = current && held?.question === question && idsOf(held.page) !== idsOf(data)
  return { page, outdated, renew: hold }
}

const idsOf = <Item extends { id: string }>({ results }: Page<Item>): string =>
  results.map(({ id }) => id).join(' ')
