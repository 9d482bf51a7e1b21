import { tryEach } from '#lib/platform/try-each.ts'
import { workTime } from '#lib/platform/work-off.ts'
import { isProblem } from '#lib/problem.ts'
import type { Database, Services } from '#lib/services.ts'
import { receiveUpload } from './receive-upload.ts'
import type { Upload } from './upload.ts'
import { type ReceivingUpload, selectReceiving, selectStuckChecks, selectUploads } from './uploads-table.ts'

const BATCH = 500

/** Receive an upload whose bytes are all stored but not recorded: the process died in between. */
async function settle(services: Services, upload: Upload): Promise<void> {
  if ((await services.parts.offset(upload.id)) !== upload.size) return
  try {
    await receiveUpload(services, upload.id)
  } catch (error) {
    // Too late is a valid outcome: the session row records it.
    if (!isProblem(error)) throw error
  }
}

/** The same for one sample, when its page asks. */
export async function settleSample(services: Services, sampleId: string): Promise<void> {
  const uploads = await selectUploads(services.db, sampleId, ['receiving'])
  await tryEach(uploads, (upload) => settle(services, upload))
}

/**
 * The same for all open sessions: part of the sweeper. Those that it has no time for are settled when their page asks, or
 * by a later sweep: a store that does not answer costs minutes an upload, which leaves the front once its session is over.
 */
export const settleUploads = (services: Services): Promise<void> =>
  tryEach(receivingOf(services.db, workTime()), (upload) => settle(services, upload))

async function* receivingOf(db: Database, isOver: () => boolean): AsyncGenerator<Upload> {
  let batch: ReceivingUpload[] = []
  do {
    batch = await selectReceiving(db, { after: batch.at(-1), limit: BATCH })
    for (const upload of batch) {
      if (isOver()) return
      yield upload
    }
  } while (batch.length === BATCH)
}

/** Minutes after which a check that has not ended is queued again: its job has run out of retries, or was lost. */
const STUCK_MINUTES = 10

/**
 * No received file waits for ever for its verdict: queue the check of every one that has waited too long, the oldest first.
 * For a while at most: the next sweep continues. Part of the sweeper.
 */
export async function requeueChecks({ db, queue, log }: Services): Promise<void> {
  const isOver = workTime()
  for (const id of await selectStuckChecks(db, STUCK_MINUTES)) {
    if (isOver()) return
    log.warn({ sample_id: id.slice(0, 36) }, 'a check has not ended in time; queued again')
    await queue.enqueue(db, 'verify-upload', { uploadId: id }, { singletonKey: id })
  }
}
