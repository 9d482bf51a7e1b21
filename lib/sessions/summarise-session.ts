import type { SampleDetails } from '#lib/samples/wire.ts'
import type { Services } from '#lib/services.ts'
import { showSession } from './show-session.ts'
import { selectAcceptedVendor } from './upload/uploads-table.ts'

/** What a sample's own page tells of its upload session; null when it has none. */
export async function summariseSession(
  services: Services,
  sampleId: string,
): Promise<SampleDetails['upload_session']> {
  const shown = await showSession(services, sampleId)
  if (!shown) return null
  const { lastRejection } = shown.session
  return {
    state: shown.standing.state,
    vendor: await selectAcceptedVendor(services.db, sampleId),
    last_rejection: lastRejection && {
      reason: lastRejection.reason,
      detail: lastRejection.detail,
      at: lastRejection.at,
    },
  }
}
