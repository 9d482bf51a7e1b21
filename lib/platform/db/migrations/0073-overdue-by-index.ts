import { createIndexOnline, type Migration } from '../migration.ts'

/** What the sweep deletes once its time is over. */
export const overdueByIndex: Migration = {
  online: true,
  async up(db) {
    for (const table of ['user_session', 'sign_in_verification', 'sign_in_link']) {
      await createIndexOnline(db, `${table}_overdue`, `on ${table} (expires_at)`)
    }
  },
}
