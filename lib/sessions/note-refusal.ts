import type { Detail, FileReason } from '#lib/genotype/reason.ts'
import type { Services } from '#lib/services.ts'
import { BROWSER_REFUSALS_MAX } from './limits.ts'
import { countTimelineEntry } from './measure-sessions.ts'
import { recordTimelineEntry } from './record-timeline-entry.ts'
import { type Session, standingOf } from './session.ts'
import { lockSession, selectTimeline } from './sessions-table.ts'
import type { TimelineEntry } from './timeline-entry.ts'

/**
 * Record in the timeline why the page refused a file before any of it was sent. The same refusal is recorded once per
 * session, and a session has at most BROWSER_REFUSALS_MAX of them. A session that is not open does not change.
 */
export async function noteRefusal(
  { db, telemetry }: Pick<Services, 'db' | 'telemetry'>,
  { sampleId }: Pick<Session, 'sampleId'>,
  { reason, detail }: { reason: FileReason; detail: Detail | null },
): Promise<void> {
  const entry: TimelineEntry = { kind: 'refused_in_browser', reason, detail }
  const noted = await db.transaction().execute(async (tx) => {
    // Held, so that two tabs cannot record the same refusal twice.
    const session = await lockSession(tx, sampleId)
    if (!session || standingOf(session).state !== 'opened') return false
    const known = (await selectTimeline(tx, sampleId)).filter(({ kind }) => kind === entry.kind)
    if (known.length >= BROWSER_REFUSALS_MAX) return false
    if (known.some((one) => one.reason === reason && one.detail === detail)) return false
    await recordTimelineEntry(tx, sampleId, entry)
    return true
  })
  if (noted) countTimelineEntry({ telemetry }, entry)
}
