import type { Services } from '#lib/services.ts'
import { recordEvent } from './record-event.ts'
import type { Session } from './session.ts'
import { selectSession, updateOpened } from './sessions-table.ts'

/**
 * Open a minted session: from now on its upload window runs. Whoever asks second, or too late, changes nothing.
 * Answers the session as it is now.
 */
export async function openSession({ db }: Pick<Services, 'db'>, session: Session): Promise<Session> {
  if (session.state !== 'minted') return session
  const { sampleId } = session
  const now = await db.transaction().execute(async (tx) => {
    if (await updateOpened(tx, sampleId)) await recordEvent(tx, sampleId, { kind: 'opened' })
    return selectSession(tx, sampleId)
  })
  return now ?? session
}
