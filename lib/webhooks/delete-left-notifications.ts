import { tryEach } from '#lib/platform/try-each.ts'
import type { Services } from '#lib/services.ts'
import { deleteNotificationsOf, selectDeletedSubscriptions } from './notifications-table.ts'

const BATCH = 1_000
/** A long log takes so long from one sweep; the next one continues. */
const WORK_MS = 60_000

/** Delete the logs of subscriptions that are gone. Safe after a crash at any point. Part of the sweeper. */
export async function deleteLeftNotifications({ db }: Pick<Services, 'db'>): Promise<void> {
  const end = performance.now() + WORK_MS
  await tryEach(await selectDeletedSubscriptions(db), async (id) => {
    while (performance.now() < end && (await deleteNotificationsOf(db, id, BATCH)));
  })
}
