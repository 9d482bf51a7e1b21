import type { Services } from '#lib/services.ts'
import { deleteOldEvents } from './events-table.ts'
import { EVENT_DAYS } from './limits.ts'

const BATCH = 1_000

/** Delete events that are older than 90 days, with the log of their deliveries. */
export async function forgetEvents({ db }: Pick<Services, 'db'>): Promise<void> {
  let more = true
  while (more) more = await deleteOldEvents(db, { days: EVENT_DAYS, limit: BATCH })
}
