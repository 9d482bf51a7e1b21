import type { LeavingReason, Reason } from '#lib/genotype/reason.ts'
import { FILE_REASONS, SERVICE_REASONS } from '#lib/genotype/reason.ts'
import type { EndReason, RefusalReason } from './visit-model.ts'

/** The reason if it ends the visit for good; null otherwise. */
export function endReason(reason: Reason | null): EndReason | null {
  return reason === 'link_invalid' ||
    reason === 'link_expired' ||
    reason === 'session_expired' ||
    reason === 'link_canceled'
    ? reason
    : null
}

/** A reason this page does not know, or that is none of a file's, is shown as our own fault. */
export function refusalReason(reason: Reason): RefusalReason {
  const known: readonly Reason[] = [...FILE_REASONS, ...SERVICE_REASONS]
  return known.includes(reason) ? (reason as RefusalReason) : 'internal_error'
}

/** What the page says of a visit that was ended on purpose. */
export const leftReason = (reason: Reason): LeavingReason | RefusalReason =>
  reason === 'user_canceled' || reason === 'file_not_ready' ? reason : refusalReason(reason)
