import type { Reason } from '#lib/genotype/reason.ts'
import type { Services } from '#lib/services.ts'
import { countEvent } from './count-event.ts'
import { recordEvent } from './record-event.ts'

/** Note that the person left, and why. No status changes: the link works again until the deadline. */
export async function leaveSession(
  { db, telemetry }: Pick<Services, 'db' | 'telemetry'>,
  sampleId: string,
  reason: Reason,
): Promise<void> {
  await db.transaction().execute((tx) => recordEvent(tx, sampleId, { kind: 'left', reason }))
  countEvent({ telemetry }, { kind: 'left', reason })
}
