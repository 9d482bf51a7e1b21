import type { Services } from '#lib/services.ts'
import { standingOf } from './session.ts'
import { selectEvents, selectSession } from './sessions-table.ts'

/** A session's state and timeline, for the partner; undefined when the sample has none. */
export async function showSession({ db }: Pick<Services, 'db'>, sampleId: string) {
  const session = await selectSession(db, sampleId)
  if (!session) return undefined
  return { session, standing: standingOf(session), events: await selectEvents(db, sampleId) }
}
