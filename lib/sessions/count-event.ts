import type { Services } from '#lib/services.ts'
import type { SessionEvent } from './event.ts'

/** Tell monitoring what happened to a session: after the transaction, since one that is rolled back never was. */
export function countEvent(
  { telemetry }: Pick<Services, 'telemetry'>,
  { kind, reason }: Pick<SessionEvent, 'kind' | 'reason'>,
): void {
  telemetry.count('arraydrop.session.events', { event: kind, reason: reason ?? '' })
}
