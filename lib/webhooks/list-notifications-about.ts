import type { Services } from '#lib/services.ts'
import { type SampleNotification, selectNotificationsAbout } from './notifications-table.ts'

/** One page of the deliveries about a sample, newest first. That the caller may see the sample is asked before. */
export const listNotificationsAbout = (
  { db }: Pick<Services, 'db'>,
  sampleId: string,
  page: { limit: number; offset: number },
): Promise<{ count: number; rows: SampleNotification[] }> => selectNotificationsAbout(db, sampleId, page)
