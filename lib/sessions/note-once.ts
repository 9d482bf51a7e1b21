import type { Services } from '#lib/services.ts'
import { countTimelineEntry } from './measure-sessions.ts'
import { recordTimelineEntry } from './record-timeline-entry.ts'
import { type Session, standingOf } from './session.ts'
import { lockSession, selectTimeline } from './sessions-table.ts'
import type { TimelineEntry } from './timeline-entry.ts'

/**
 * Record an entry that a page reports in the timeline of an open session: once for each kind, reason and detail, and at
 * most `max` of its kind, so that a page cannot fill the timeline. A session that is not open does not change.
 */
export async function noteOnce(
  { db, telemetry }: Pick<Services, 'db' | 'telemetry'>,
  { sampleId }: Pick<Session, 'sampleId'>,
  entry: Required<TimelineEntry>,
  max: number,
): Promise<void> {
  const noted = await db.transaction().execute(async (tx) => {
    // Held, so that two tabs cannot record the same twice.
    const session = await lockSession(tx, sampleId)
    if (!session || standingOf(session).state !== 'opened') return false
    const known = (await selectTimeline(tx, sampleId)).filter(({ kind }) => kind === entry.kind)
    if (known.length >= max) return false
    if (known.some(({ reason, detail }) => reason === entry.reason && detail === entry.detail)) return false
    await recordTimelineEntry(tx, sampleId, entry)
    return true
  })
  if (noted) countTimelineEntry({ telemetry }, entry)
}
