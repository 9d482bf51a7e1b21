import type { Services } from '#lib/services.ts'
import { countTimelineEntry } from './measure-sessions.ts'
import { recordTimelineEntry } from './record-timeline-entry.ts'
import type { Session } from './session.ts'
import { selectSession, updateOpened } from './sessions-table.ts'

/**
 * Open a minted session: its upload window starts now. A second or late request changes nothing. Returns the session
 * as it is now.
 */
export async function openSession(
  { db, telemetry }: Pick<Services, 'db' | 'telemetry'>,
  session: Session,
): Promise<Session> {
  if (session.state !== 'minted') return session
  const { sampleId } = session
  const { opened, now } = await telemetry.span('open session', () =>
    db.transaction().execute(async (tx) => {
      const opened = await updateOpened(tx, sampleId)
      if (opened) await recordTimelineEntry(tx, sampleId, { kind: 'opened' })
      return { opened, now: await selectSession(tx, sampleId) }
    }),
  )
  if (opened) countTimelineEntry({ telemetry }, { kind: 'opened' })
  return now ?? session
}
