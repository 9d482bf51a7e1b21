import { isProblem } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { receiveUpload } from './receive-upload.ts'
import type { Upload } from './upload.ts'
import { selectReceiving, selectUploads } from './uploads-table.ts'

const BATCH = 500

/** Receive those uploads whose bytes are all there although nobody noted it: the process died between the two. */
async function settle(services: Services, uploads: Upload[]): Promise<void> {
  for (const upload of uploads) {
    if ((await services.parts.offset(upload.id)) !== upload.size) continue
    try {
      await receiveUpload(services, upload.id)
    } catch (error) {
      // Too late is an answer too: the session row says so to whoever asks.
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
