import { isProblem, Problem } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { demandOpen } from '../demand-open.ts'
import { discardUploads } from './discard-uploads.ts'
import { selectUpload, updateReceived } from './uploads-table.ts'

/**
 * The last byte of an upload is in: decide by the server's clock that it was in time, and queue its check, in one
 * transaction, before it is acknowledged. Calling it twice changes nothing. Too late throws what the session says
 * (409, 410) and discards the bytes; one that was given up meanwhile throws 404, so that it is never acknowledged.
 */
export async function receiveUpload(services: Services, id: string): Promise<void> {
  try {
    const received = await services.telemetry.span('receive upload', () =>
      services.db.transaction().execute(async (tx) => {
        const upload = await selectUpload(tx, id)
        if (!upload) throw givenUp()
        if (upload.state === 'receiving') await demandOpen(tx, upload.sampleId)
        const seconds = await updateReceived(tx, id)
        if (seconds !== undefined) {
          await services.queue.enqueue(tx, 'verify-upload', { uploadId: id })
          return { size: upload.size, sampleId: upload.sampleId, seconds }
        }
        if ((await selectUpload(tx, id))?.state === 'discarded') throw givenUp()
      }),
    )
    if (received) measure(services, received)
  } catch (error) {
    if (isProblem(error)) await discardUploads(services, [id])
    throw error
  }
}

function measure(
  { telemetry }: Services,
  { size, sampleId, seconds }: { size: number; sampleId: string; seconds: number },
): void {
  telemetry.record('arraydrop.upload.size', size, {})
  telemetry.record('arraydrop.upload.duration', seconds, {})
  telemetry.annotate({ 'sample.id': sampleId })
}

const givenUp = () => new Problem('not_found', 'This upload was given up.', { reason: 'internal_error' })
