import type { Insights } from '#lib/insights/wire.ts'
import { wordsForDetail, wordsForReason } from '../samples/reason-words.ts'
import type { ShownInsights } from './insights-query.ts'

/** Why most links that reached the stage before did not reach this one, in words; '' where no reason is known. */
export function commonestStop(
  stage: keyof Insights['funnel'],
  { stops = [], vendors }: Pick<ShownInsights, 'stops' | 'vendors'>,
): string {
  if (stage === 'succeeded') return commonestFailure(vendors)
  const byReason = Map.groupBy(
    stops.filter((one) => one.stage === stage),
    ({ reason }) => reason,
  )
  const [first] = [...byReason]
    .map(([reason, ones]) => ({ reason, ones, links: ones.reduce((sum, { links }) => sum + links, 0) }))
    .sort((one, other) => other.links - one.links)
  if (!first) return ''
  // Most frequent first.
  const detail = first.ones.find((one) => one.detail !== null)
  return `${mostOften(inSentence(wordsForReason(first.reason)), first.links)}${
    detail ? ` (${wordsForDetail(detail.detail)}: ${detail.links.toLocaleString('en')})` : ''
  }`
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

const mostOften = (words: string, links: number): string =>
  `; most often: ${words}, ${links.toLocaleString('en')} of them`

/** Names keep their capitals: "No raw DNA data inside" becomes "no raw DNA data inside". */
const inSentence = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1)
