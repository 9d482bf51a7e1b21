import {
  FILE_REASONS,
  type FileReason,
  type LeavingReason,
  type Reason,
  SERVICE_REASONS,
  type ServiceReason,
} from '#lib/genotype/reason.ts'

/** Reasons that end a visit for good: this link no longer works. */
export type EndReason = 'link_invalid' | 'link_expired' | 'session_expired' | 'link_canceled'
/** Reasons a person can resolve on the page. */
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

/** The reason to show for a rejected file. A reason that is unknown, or not about a file, becomes `internal_error`. */
export function refusalReason(reason: Reason): RefusalReason {
  const known: readonly Reason[] = [...FILE_REASONS, ...SERVICE_REASONS]
  return known.includes(reason) ? (reason as RefusalReason) : 'internal_error'
}

/** The reason to show for a visit that was ended on purpose. */
export const leftReason = (reason: Reason): LeavingReason | RefusalReason =>
  reason === 'user_canceled' || reason === 'file_not_ready' ? reason : refusalReason(reason)
