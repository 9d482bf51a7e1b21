import type { Reason } from '#lib/genotype/reason.ts'
import type { Services } from '#lib/services.ts'
import { countTimelineEntry } from './measure-sessions.ts'
import { recordTimelineEntry } from './record-timeline-entry.ts'
import { type Session, standingOf } from './session.ts'
import { discardUploadsOf } from './upload/discard-uploads.ts'

/**
 * Record that the person left the page, and why: the bytes sent so far are deleted and the partner is notified. No status
 * changes, and the link works again until the deadline. A file whose last byte has arrived is kept. A session that is
 * over does not change.
 */
export async function leaveSession(services: Services, session: Session, reason: Reason): Promise<void> {
  const { db, telemetry } = services
  const { state } = standingOf(session)
  if (state !== 'minted' && state !== 'opened') return
  await discardUploadsOf(services, session.sampleId)
  await db.transaction().execute((tx) => recordTimelineEntry(tx, session.sampleId, { kind: 'left', reason }))
  countTimelineEntry({ telemetry }, { kind: 'left', reason })
}
