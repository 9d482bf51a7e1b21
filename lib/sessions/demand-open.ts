import { Problem } from '#lib/problem.ts'
import type { Tx } from '#lib/services.ts'
import { type Session, standingOf } from './session.ts'
import { lockSession } from './sessions-table.ts'

/**
 * The session of a sample, held until the transaction ends, if it takes bytes right now by the server's clock.
 * Throws 409 `already_uploaded`, or 410 with the reason it is over.
 */
export async function demandOpen(tx: Tx, sampleId: string): Promise<Session> {
  const session = await lockSession(tx, sampleId)
  if (!session) throw new Problem('not_authenticated', 'This link is not valid.', { reason: 'link_invalid' })
  refuseUnlessOpen(session)
  return session
}

/** Throws unless the session takes bytes at the time it was read. */
export function refuseUnlessOpen(session: Session): void {
  const { state, reason } = standingOf(session)
  if (state === 'opened') return
  if (state === 'received') {
    throw new Problem('conflict', 'This sample has its file already.', { reason: 'already_uploaded' })
  }
  if (state === 'minted') {
    throw new Problem('conflict', 'The session is not open: POST /api/upload/open comes first.', {
      reason: 'internal_error',
    })
  }
  throw new Problem('gone', 'This session is over.', { reason: reason ?? 'session_expired' })
}
