import {
  FILE_REASONS,
  type FileReason,
  type LeavingReason,
  type Reason,
  SERVICE_REASONS,
  type ServiceReason,
} from '#lib/genotype/reason.ts'

/** Reasons that end a visit for good, as far as this link is concerned. */
export type EndReason = 'link_invalid' | 'link_expired' | 'session_expired' | 'link_canceled'
/** Reasons a person can mend on the page. */
export type RefusalReason = FileReason | ServiceReason

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
