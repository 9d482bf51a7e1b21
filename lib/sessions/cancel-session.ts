import { Problem } from '#lib/problem.ts'
import { moveSample } from '#lib/samples/move-sample.ts'
import type { Services } from '#lib/services.ts'
import { countEvent } from './count-event.ts'
import type { FindChecking } from './find-checking.ts'
import { recordEvent } from './record-event.ts'
import { standingOf } from './session.ts'
import { lockSession, updateEnded } from './sessions-table.ts'

/**
 * End a session on the partner's wish: the link stops working at once. Canceling twice is no error; a session that
 * has its file or has expired, written down or not, cannot be canceled (409).
 */
export async function cancelSession(
  { db, telemetry }: Pick<Services, 'db' | 'telemetry'>,
  sampleId: string,
  findChecking: FindChecking,
): Promise<void> {
  const canceled = await db.transaction().execute(async (tx) => {
    const session = await lockSession(tx, sampleId)
    if (!session) throw new Problem('not_found', 'Not found.')
    const checking = (await findChecking(tx, [sampleId])).has(sampleId)
    const { state } = standingOf(session, { checking })
    if (state === 'canceled') return false
    if (state !== 'minted' && state !== 'opened') {
      throw new Problem('conflict', `The upload session is ${state} and cannot be canceled any more.`)
    }
    await updateEnded(tx, sampleId, {
      state: 'canceled',
      reason: 'link_canceled',
      from: ['minted', 'opened'],
    })
    await moveSample(tx, { sampleId, to: 'canceled' })
    await recordEvent(tx, sampleId, { kind: 'canceled', reason: 'link_canceled' })
    return true
  })
  if (canceled) countEvent({ telemetry }, { kind: 'canceled', reason: 'link_canceled' })
}
