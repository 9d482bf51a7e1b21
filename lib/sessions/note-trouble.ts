import type { Services } from '#lib/services.ts'
import type { NetworkTrouble } from './embed-messages.ts'
import { countTimelineEntry } from './measure-sessions.ts'
import { recordTimelineEntry } from './record-timeline-entry.ts'
import { type Session, standingOf } from './session.ts'
import { selectTimeline } from './sessions-table.ts'
import type { TimelineEntry } from './timeline-entry.ts'

/**
 * Record in the timeline that something between the person and the service keeps the file from arriving. Each kind of
 * trouble is recorded once per session, so a page cannot fill the timeline. A session that is not open does not change.
 */
export async function noteTrouble(
  services: Services,
  session: Session,
  trouble: NetworkTrouble,
): Promise<void> {
  const { db, telemetry } = services
  if (standingOf(session).state !== 'opened') return
  const known = await selectTimeline(db, session.sampleId)
  if (known.some(({ kind, detail }) => kind === 'interrupted' && detail === trouble)) return
  const reason = trouble === 'service_error' ? 'service_unavailable' : 'network_error'
  const entry: TimelineEntry = { kind: 'interrupted', reason, detail: trouble }
  await db.transaction().execute((tx) => recordTimelineEntry(tx, session.sampleId, entry))
  countTimelineEntry({ telemetry }, entry)
}
