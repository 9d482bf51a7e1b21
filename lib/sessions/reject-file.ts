import type { Tx } from '#lib/services.ts'
import { recordEvent } from './record-event.ts'
import type { Rejection } from './session.ts'
import { updateRejection } from './sessions-table.ts'

/** Note on the session that the server refused a file, with the event. The session itself goes on. */
export async function rejectFile(tx: Tx, sampleId: string, rejection: Rejection): Promise<void> {
  await updateRejection(tx, sampleId, rejection)
  await recordEvent(tx, sampleId, { kind: 'rejected', reason: rejection.reason, detail: rejection.detail })
}
