import type { Reason } from '#lib/genotype/reason.ts'
import type { Services } from '#lib/services.ts'
import { recordEvent } from './record-event.ts'

/** Note that the person left, and why. No status changes: the link works again until the deadline. */
export function leaveSession({ db }: Pick<Services, 'db'>, sampleId: string, reason: Reason): Promise<void> {
  return db.transaction().execute((tx) => recordEvent(tx, sampleId, { kind: 'left', reason }))
}
