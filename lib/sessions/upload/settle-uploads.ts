import { isProblem } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { receiveUpload } from './receive-upload.ts'
import type { Upload } from './upload.ts'
import { selectReceiving, selectStuckChecks, selectUploads } from './uploads-table.ts'

const BATCH = 500

/** Receive uploads whose bytes are all stored but not recorded: the process died in between. */
async function settle(services: Services, uploads: Upload[]): Promise<void> {
  for (const upload of uploads) {
    if ((await services.parts.offset(upload.id)) !== upload.size) continue
    try {
      await receiveUpload(services, upload.id)
    } catch (error) {
      // Too late is a valid outcome: the session row records it.
      if (!isProblem(error)) throw error
    }
  }
}

/** The same for one sample, when its page asks. */
export async function settleSample(services: Services, sampleId: string): Promise<void> {
  await settle(services, await selectUploads(services.db, sampleId, ['receiving']))
}

/** The same for all open sessions: part of the sweeper. */
export async function settleUploads(services: Services): Promise<void> {
  await settle(services, await selectReceiving(services.db, BATCH))
}

/** Minutes after which a check that has not ended is queued again: its job has run out of retries, or was lost. */
const STUCK_MINUTES = 10

/** No received file waits for ever for its verdict: queue the check of every one that has waited too long. */
export async function requeueChecks({ db, queue, log }: Services): Promise<void> {
  for (const id of await selectStuckChecks(db, STUCK_MINUTES)) {
    log.warn({ sample_id: id.slice(0, 36) }, 'a check has not ended in time; queued again')
    await queue.enqueue(db, 'verify-upload', { uploadId: id }, { singletonKey: id })
  }
}
