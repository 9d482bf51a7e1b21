import type { Reason } from '#lib/genotype/reason.ts'
import { moveSample } from '#lib/samples/move-sample.ts'
import type { Services, Tx } from '#lib/services.ts'
import { countTimelineEntry } from './measure-sessions.ts'
import { recordTimelineEntry } from './record-timeline-entry.ts'
import { standingOf } from './session.ts'
import { lockOverdue, selectSession, updateSessionEnded } from './sessions-table.ts'
import { selectChecking } from './upload/uploads-table.ts'

/** Sessions ended in one transaction. */
const BATCH = 200

/**
 * Write down that overdue sessions have expired: status of the sample, event, once each, however many processes
 * sweep at once. A session whose file is being checked is left alone: its last byte was in time. Returns the samples
 * whose sessions it ended.
 */
export async function expireSessions({
  db,
  telemetry,
}: Pick<Services, 'db' | 'telemetry'>): Promise<string[]> {
  const ended = await db.transaction().execute(async (tx) => {
    const overdue = await lockOverdue(tx, BATCH)
    if (overdue.length === 0) return []
    return endOverdue(tx, overdue)
  })
  for (const { reason } of ended) countTimelineEntry({ telemetry }, { kind: 'expired', reason })
  return ended.map(({ sampleId }) => sampleId)
}

/** End those of these sessions, which the transaction holds, whose window is over and whose file is not being checked. */
export async function endOverdue(
  tx: Tx,
  sampleIds: string[],
): Promise<{ sampleId: string; reason: Reason }[]> {
  const checking = await selectChecking(tx, sampleIds)
  const ended: { sampleId: string; reason: Reason }[] = []
  for (const sampleId of sampleIds) {
    if (checking.has(sampleId)) continue
    const session = await selectSession(tx, sampleId)
    const standing = session && standingOf(session)
    if (session?.state === 'expired' || standing?.state !== 'expired') continue
    await updateSessionEnded(tx, sampleId, {
      state: 'expired',
      reason: standing.reason,
      from: ['minted', 'opened'],
    })
    await moveSample(tx, { sampleId, to: 'consumer session expired' })
    await recordTimelineEntry(tx, sampleId, { kind: 'expired', reason: standing.reason })
    ended.push({ sampleId, reason: standing.reason })
  }
  return ended
}
