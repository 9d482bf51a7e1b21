import { isProblem } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { demandOpen } from '#lib/sessions/demand-open.ts'
import { discardUploads } from './discard-uploads.ts'
import { selectUpload, updateReceived } from './uploads-table.ts'

/**
 * The last byte of an upload is in: decide by the server's clock that it was in time, and queue its check, in one
 * transaction, before anybody hears of it. Saying it twice changes nothing. Too late throws what the session says
 * (409, 410) and discards the bytes.
 */
export async function receiveUpload(services: Services, id: string): Promise<void> {
  const upload = await selectUpload(services.db, id)
  if (upload?.state !== 'receiving') return
  try {
    await services.db.transaction().execute(async (tx) => {
      await demandOpen(tx, upload.sampleId)
      if (await updateReceived(tx, id)) await services.queue.enqueue(tx, 'verify-upload', { uploadId: id })
    })
  } catch (error) {
    if (isProblem(error)) await discardUploads(services, [id])
    throw error
  }
}
