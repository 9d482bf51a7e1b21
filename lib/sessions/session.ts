import type { FileReason, Reason } from '#lib/genotype/reason.ts'

/** What a session is stored as. */
export const SESSION_STATES = ['minted', 'opened', 'received', 'expired', 'canceled'] as const
export type SessionState = (typeof SESSION_STATES)[number]

/** What is stored of an upload session. Expiry is computed from the deadlines; the sweeper writes it down later. */
export interface Session {
  sampleId: string
  projectId: string
  jti: string
  state: SessionState
  reason: Reason | null
  locale: string | null
  redirectOnSuccess: string
  redirectOnFailure: string
  created: Date
  linkExpiresAt: Date
  openedAt: Date | null
  deadline: Date | null
  tries: number
  lastRejection: Rejection | null
  /** The database's time when this was read, test clock included. */
  now: Date
}

/** Why the server refused a file; `service_unavailable` when it could not be checked, however often it was tried. */
export type RejectionReason = FileReason | 'service_unavailable'

/** The last file that the server refused. No name, no content. */
export interface Rejection {
  reason: RejectionReason
  detail: string | null
  sha256: string
  at: string
}

export type Standing =
  | { state: 'minted' | 'opened'; reason: null; secondsRemaining: number }
  | { state: 'received'; reason: null; secondsRemaining: null }
  | { state: 'expired' | 'canceled'; reason: Reason; secondsRemaining: null }

/**
 * Where a session stands at the time it was read. A window ends with its last instant: at the deadline itself it is
 * over. `checking` says that a file whose last byte was in time is being judged: such a session is not over yet.
 */
export function standingOf(session: Session, { checking = false } = {}): Standing {
  const { state, now } = session
  if (state === 'received') return { state, reason: null, secondsRemaining: null }
  if (state === 'canceled') return { state, reason: 'link_canceled', secondsRemaining: null }
  if (state === 'expired')
    return { state, reason: session.reason ?? expiryReason(session), secondsRemaining: null }

  const end = session.deadline ?? session.linkExpiresAt
  const secondsRemaining = (end.getTime() - now.getTime()) / 1_000
  if (secondsRemaining > 0) return { state, reason: null, secondsRemaining }
  if (checking) return { state, reason: null, secondsRemaining: 0 }
  return { state: 'expired', reason: expiryReason(session), secondsRemaining: null }
}

const expiryReason = (session: Session): Reason => (session.openedAt ? 'session_expired' : 'link_expired')
