import type { Insights } from '#lib/insights/wire.ts'
import type { ShownInsights } from './insights-query.ts'

export const STAGES: { key: keyof Insights['funnel']; label: string; explained: string }[] = [
  { key: 'minted', label: 'Link created', explained: 'your program requested a link' },
  { key: 'opened', label: 'Opened', explained: 'a person saw the upload page' },
  { key: 'checked', label: 'Checked', explained: 'the browser accepted the file and started to send it' },
  { key: 'uploaded', label: 'Sent', explained: 'the last byte was received' },
  { key: 'received', label: 'Accepted', explained: 'the server accepted the file' },
  { key: 'succeeded', label: 'Succeeded', explained: 'the analysis succeeded' },
]

/**
 * Of the links that reached the stage before this one but not this one, how many still can, and how many stopped. An answer
 * without `waiting` does not tell these apart, and neither is counted.
 */
export function missingAt(
  at: number,
  { funnel, waiting }: Pick<ShownInsights, 'funnel' | 'waiting'>,
): { open: number; stopped: number } {
  const { key } = STAGES[at]!
  if (key === 'minted' || waiting === undefined) return { open: 0, stopped: 0 }
  const open = waiting[key]
  return { open, stopped: Math.max(0, funnel[STAGES[at - 1]!.key] - funnel[key] - open) }
}
