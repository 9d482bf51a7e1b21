import { workOffEach } from '#lib/platform/work-off.ts'
import type { Services } from '#lib/services.ts'
import { deleteNotificationsOf, selectDeletedSubscriptions } from './notifications-table.ts'

const BATCH = 1_000

/** Delete the logs of subscriptions that are gone. Safe after a crash at any point. Part of the sweeper. */
export async function deleteLeftNotifications({ db }: Pick<Services, 'db'>): Promise<void> {
  await workOffEach(await selectDeletedSubscriptions(db), (id) => deleteNotificationsOf(db, id, BATCH))
}
