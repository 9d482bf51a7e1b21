import type { Reason } from '#lib/genotype/reason.ts'
import type { Services } from '#lib/services.ts'
import { leaveSession } from '#lib/sessions/leave-session.ts'
import { type Session, standingOf } from '#lib/sessions/session.ts'
import { discardUploadsOf } from '#lib/sessions/upload/discard-uploads.ts'

/**
 * The person leaves with a reason: what was sent so far is deleted, the partner is told, and no status changes. A file
 * whose last byte is in stays. A session that is over is left as it is.
 */
export async function leavePage(services: Services, session: Session, reason: Reason): Promise<void> {
  const { state } = standingOf(session)
  if (state !== 'minted' && state !== 'opened') return
  await discardUploadsOf(services, session.sampleId)
  await leaveSession(services, session.sampleId, reason)
}
