import { createIndexOnline, dropIndexOnline, type Migration } from '../migration.ts'

/**
 * Lists of millions of samples: an index of statuses that says what is visible, so that counting reads no rows, and one of
 * what was not delivered. Over all projects in ascending order, which leaves full pages behind.
 */
export const listsOfMillions: Migration = {
  online: true,
  async up(db) {
    for (const [name, definition] of INDEXES) await createIndexOnline(db, name, definition)
    for (const name of REPLACED) await dropIndexOnline(db, name)
  },
}

const INDEXES = [
  ['sample_by_status_at', `on sample (project_id, status, modified, id) include (hidden)`],
  ['sample_by_modified_at_of_all', `on sample (modified, id)`],
  // Few deliveries wait, and few have failed.
  [
    'notification_undelivered',
    `on notification (subscription_id, state, created, seq) where state <> 'delivered'`,
  ],
] as const

const REPLACED = ['sample_by_status', 'sample_by_modified_of_all']
