import type { Reason } from '#lib/genotype/reason.ts'

/** What can happen to an upload session. The partner's webhooks and the operator's timeline use the same words. */
export type TimelineEntryKind =
  | 'minted'
  | 'opened'
  | 'received'
  | 'rejected'
  /** The page refused a file on the device; nothing of it was sent. */
  | 'refused_in_browser'
  | 'interrupted'
  | 'left'
  | 'expired'
  | 'canceled'

export interface TimelineEntry {
  kind: TimelineEntryKind
  reason?: Reason | null
  detail?: string | null
}
