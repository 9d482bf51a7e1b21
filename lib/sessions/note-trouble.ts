import type { Services } from '#lib/services.ts'
import { NETWORK_TROUBLES, type NetworkTrouble } from './embed-messages.ts'
import { noteOnce } from './note-once.ts'
import type { Session } from './session.ts'

/**
 * Record in the timeline that something between the person and the service keeps the file from arriving. Each kind of
 * trouble is recorded once per session, so a page cannot fill the timeline. A session that is not open does not change.
 */
export async function noteTrouble(
  services: Pick<Services, 'db' | 'telemetry'>,
  session: Pick<Session, 'sampleId'>,
  trouble: NetworkTrouble,
): Promise<void> {
  const reason = trouble === 'service_error' ? 'service_unavailable' : 'network_error'
  const entry = { kind: 'interrupted', reason, detail: trouble } as const
  await noteOnce(services, session, entry, NETWORK_TROUBLES.length)
}
