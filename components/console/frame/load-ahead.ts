import type { QueryClient } from '@tanstack/react-query'
import type { Query } from '../api/api.ts'
import { questionOf } from '../api/question.ts'
import { askForAudit, readAuditQuery } from '../audit/audit-query.ts'
import { askForInsights, readPeriod } from '../insights/insights-query.ts'
import { askForSample, askForSamples, readSampleQuery } from '../samples/sample-query.ts'
import { readAddress } from './addresses.ts'

type Question = readonly [path: string, query: Query]

/** How long a page waits for what it shows first: to draw it with that is sooner than to draw it twice. */
const FIRST_ANSWER_MS = 40

/**
 * Asks the API for what the page at this address shows first, so that it is there, or on its way, when the page is opened.
 * An answer that has come in the last seconds is kept. A failure is not told: the page asks again. Resolves once the answer
 * is there, or does not come soon.
 */
export const loadAhead = (client: QueryClient, href: string): Promise<void> =>
  ask(client, firstQuestion(urlOf(href)))

/** The same for a page that the person has chosen, whatever the audit trail tells of those who read it. */
export const loadChosen = (client: QueryClient, href: string): Promise<void> =>
  ask(client, chosenQuestion(urlOf(href)))

const urlOf = (href: string) => new URL(href, window.location.href)

async function ask(client: QueryClient, question: Question | null): Promise<void> {
  if (question === null) return
  const late = new Promise<void>((resolve) => setTimeout(resolve, FIRST_ANSWER_MS))
  await Promise.race([client.prefetchQuery(questionOf(...question)), late])
}

/** The questions of the pages that are opened most often, as the pages themselves put them; null for any other. */
export function firstQuestion({ pathname, searchParams }: URL): Question | null {
  const address = { get: (name: string) => searchParams.get(name) ?? '' }
  if (pathname === '/console/audit') {
    const { filter, place } = readAuditQuery(address)
    return ['audit/', askForAudit(filter, place)]
  }
  const { projectId, section, below } = readAddress(pathname)
  if (projectId === null || address.get('scope') === 'all') return null
  if (section === 'insights') return ['insights/', askForInsights(readPeriod(address), { projectId })]
  // Not a single sample: reading it gives out links to its files, which the audit trail tells of the reader.
  if (section !== 'samples' || below !== null) return null
  return ['samples/', askForSamples(readSampleQuery(address), { projectId })]
}

/** The same, and a single sample. */
export function chosenQuestion(address: URL): Question | null {
  const { section, below } = readAddress(address.pathname)
  return section === 'samples' && below !== null ? askForSample(below) : firstQuestion(address)
}
