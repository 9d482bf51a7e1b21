import type { Reason } from '#lib/genotype/reason.ts'

/** What can happen to an upload session. The partner's webhooks and the operator's timeline use the same words. */
export const TIMELINE_ENTRY_KINDS = [
  'minted',
  'opened',
  'received',
  'rejected',
  /** The page refused a file on the device; nothing of it was sent. */
  'refused_in_browser',
  'interrupted',
  'left',
  'expired',
  'canceled',
] as const
export type TimelineEntryKind = (typeof TIMELINE_ENTRY_KINDS)[number]

export interface TimelineEntry {
  kind: TimelineEntryKind
  reason?: Reason | null
  detail?: string | null
}
