import { FILE_BYTES_MAX } from '#lib/genotype/limits.ts'
import { Problem } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { demandOpen } from '../demand-open.ts'
import { PARTS_MAX, UPLOAD_TRIES_MAX } from '../limits.ts'
import { updateTries } from '../sessions-table.ts'
import { insertUpload, selectUploads, updateDiscarded } from './uploads-table.ts'

/**
 * Note a new upload before its first byte, with the digest it must have. At most `PARTS_MAX` unfinished ones are kept
 * per sample: the oldest make room, and their bytes are removed. Refuses a closed session, a wrong size or digest
 * (400, 413) and the twenty-first try (429).
 */
export async function beginUpload(
  services: Services,
  {
    id,
    sampleId,
    size,
    sha256,
  }: { id: string; sampleId: string; size: number | undefined; sha256: string | null | undefined },
): Promise<void> {
  if (size === undefined || !Number.isSafeInteger(size) || size < 1) {
    throw new Problem('invalid', 'Upload-Length must say the size of the file: at least 1 byte.', {
      reason: 'file_empty',
    })
  }
  if (size > FILE_BYTES_MAX) {
    throw new Problem('too_large', `A file may have at most ${FILE_BYTES_MAX} bytes.`, {
      reason: 'file_too_large',
    })
  }
  if (!sha256 || !/^[0-9a-f]{64}$/.test(sha256)) {
    throw new Problem(
      'invalid',
      'Upload-Metadata must carry sha256: the SHA-256 of the file as 64 lower-case hex digits.',
      { reason: 'internal_error' },
    )
  }
  const dropped = await services.db.transaction().execute(async (tx) => {
    await demandOpen(tx, sampleId)
    if ((await updateTries(tx, sampleId)) > UPLOAD_TRIES_MAX) {
      throw new Problem('throttled', `A link takes at most ${UPLOAD_TRIES_MAX} tries.`, {
        reason: 'service_unavailable',
        retryAfterSeconds: 900,
      })
    }
    const older = await selectUploads(tx, sampleId, ['receiving'])
    await insertUpload(tx, { id, sampleId, sha256, size })
    return updateDiscarded(tx, {
      ids: older.slice(PARTS_MAX - 1).map((upload) => upload.id),
      from: ['receiving'],
    })
  })
  for (const part of dropped) await services.parts.withPartLock(part, () => services.parts.remove(part))
}
