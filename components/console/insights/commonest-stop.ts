import type { Insights } from '#lib/insights/wire.ts'
import { wordsForReason } from '../samples/reason-words.ts'

/** The kinds of reasons that keep links from reaching a stage. */
const STOPS: Partial<Record<keyof Insights['funnel'], (kind: string, reason: string) => boolean>> = {
  opened: (kind, reason) => kind === 'expired' && reason === 'link_expired',
  checked: (kind) => kind === 'refused_in_browser',
  uploaded: (kind) => kind === 'interrupted',
  received: (kind) => kind === 'rejected',
}

/** The commonest reason why links that reached the stage before did not reach this one, in words; '' where none is known. */
export function commonestStop(
  stage: keyof Insights['funnel'],
  { reasons, vendors }: Pick<Insights, 'reasons' | 'vendors'>,
): string {
  if (stage === 'succeeded') return commonestFailure(vendors)
  const stops = STOPS[stage]
  const first = stops && reasons.find(({ kind, reason }) => stops(kind, reason))
  return first ? mostOften(inSentence(wordsForReason(first.reason)), first.count) : ''
}

/** How the analysis of an accepted file did not succeed. */
function commonestFailure(vendors: Insights['vendors']): string {
  const countOf = (outcome: 'failed_qc' | 'failed') =>
    vendors.reduce((sum, vendor) => sum + vendor[outcome], 0)
  const quality = countOf('failed_qc')
  const failed = countOf('failed')
  if (quality + failed === 0) return ''
  return quality >= failed
    ? mostOften('the quality checks failed', quality)
    : mostOften('the analysis failed', failed)
}

const mostOften = (words: string, count: number): string =>
  `; most often: ${words}, ${count === 1 ? 'once' : `${count.toLocaleString('en')} times`}`

/** Names keep their capitals: "No raw DNA data inside" becomes "no raw DNA data inside". */
const inSentence = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1)
