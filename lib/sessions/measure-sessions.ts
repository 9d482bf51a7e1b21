import type { Services } from '#lib/services.ts'
import { countUsable } from './sessions-table.ts'
import type { TimelineEntry } from './timeline-entry.ts'

/** How many sessions of the whole installation can still be used, by state. */
export const countSessions = ({ db }: Pick<Services, 'db'>): Promise<Record<'minted' | 'opened', number>> =>
  countUsable(db)

/** Count a timeline entry. Call it after the commit: a transaction that is rolled back must count nothing. */
export function countTimelineEntry(
  { telemetry }: Pick<Services, 'telemetry'>,
  { kind, reason }: Pick<TimelineEntry, 'kind' | 'reason'>,
): void {
  telemetry.count('arraydrop.session.events', { event: kind, reason: reason ?? '' })
}
