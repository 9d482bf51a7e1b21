import { Problem } from '#lib/problem.ts'
import { despiteDeadlocks } from '#lib/samples/despite-deadlocks.ts'
import { moveSample } from '#lib/samples/move-sample.ts'
import type { Services, Tx } from '#lib/services.ts'
import { countTimelineEntry } from './measure-sessions.ts'
import { recordTimelineEntry } from './record-timeline-entry.ts'
import { standingOf } from './session.ts'
import { lockSession, updateSessionEnded } from './sessions-table.ts'
import { discardUploadsOf } from './upload/discard-uploads.ts'
import { selectChecking } from './upload/uploads-table.ts'

/**
 * Cancel a session at the partner's request: the link stops working at once, and the bytes sent so far are deleted.
 * Canceling twice is not an error. A session that has its file, or has expired (whether the sweeper has written that
 * down or not), cannot be canceled: 409.
 */
export async function cancelSession(services: Services, sampleId: string): Promise<void> {
  const { db, telemetry } = services
  // Its project may be deleted at the same time, in another order.
  const cancel = async (tx: Tx) => {
    const session = await lockSession(tx, sampleId)
    if (!session) throw new Problem('not_found', 'Not found.')
    const checking = (await selectChecking(tx, [sampleId])).has(sampleId)
    const { state } = standingOf(session, { checking })
    if (state === 'canceled') return false
    if (state !== 'minted' && state !== 'opened') {
      throw new Problem('conflict', `The upload session is ${state} and can no longer be canceled.`)
    }
    await updateSessionEnded(tx, sampleId, {
      state: 'canceled',
      reason: 'link_canceled',
      from: ['minted', 'opened'],
    })
    await moveSample(tx, { sampleId, to: 'canceled' })
    await recordTimelineEntry(tx, sampleId, { kind: 'canceled', reason: 'link_canceled' })
    return true
  }
  const canceled = await despiteDeadlocks(() => db.transaction().execute(cancel))
  if (canceled) countTimelineEntry({ telemetry }, { kind: 'canceled', reason: 'link_canceled' })
  await discardUploadsOf(services, sampleId)
}
