import { createIndexOnline, type Migration } from '../migration.ts'

/** Indexes for what is asked all the time, and for lists over every project. */
export const listsAtScale: Migration = {
  online: true,
  async up(db) {
    for (const [name, definition] of INDEXES) await createIndexOnline(db, name, definition)
  },
}

const INDEXES = [
  // Whether anything is due, and how much waits.
  ['notification_waiting', `on notification (due_at) where state = 'pending'`],
  ['sample_by_modified_of_all', `on sample (modified desc, id desc)`],
  ['sample_by_created_of_all', `on sample (created desc, id desc)`],
] as const
