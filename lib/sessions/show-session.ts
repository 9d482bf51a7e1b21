import type { Services } from '#lib/services.ts'
import { standingOf } from './session.ts'
import { selectEvents, selectSession } from './sessions-table.ts'
import { selectChecking } from './upload/uploads-table.ts'

/**
 * A session's state and timeline, for the partner; undefined when the sample has none. One whose file is being checked
 * is not called expired.
 */
export async function showSession({ db }: Pick<Services, 'db'>, sampleId: string) {
  const session = await selectSession(db, sampleId)
  if (!session) return undefined
  const checking = (await selectChecking(db, [sampleId])).has(sampleId)
  return { session, standing: standingOf(session, { checking }), events: await selectEvents(db, sampleId) }
}
