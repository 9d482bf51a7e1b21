import type { Services } from '#lib/services.ts'
import { cancelSession } from '#lib/sessions/cancel-session.ts'
import { discardUploadsOf } from '#lib/sessions/upload/discard-uploads.ts'
import { findChecking } from './find-checking.ts'

/** Cancel a session on the partner's wish, and delete what was sent so far. Throws 409 when it has ended otherwise. */
export async function cancelUploadSession(services: Services, sampleId: string): Promise<void> {
  await cancelSession(services, sampleId, findChecking)
  await discardUploadsOf(services, sampleId)
}
