import { createIndexOnline, type Migration } from '../migration.ts'

/** Indexes for the filters of the audit trail, which only grows. */
export const auditLists: Migration = {
  online: true,
  async up(db) {
    for (const [name, definition] of INDEXES) await createIndexOnline(db, name, definition)
  },
}

const INDEXES = [
  ['audit_entry_by_action', `on audit_entry (action, seq desc)`],
  ['audit_entry_by_actor', `on audit_entry (actor_id, seq desc) where actor_id is not null`],
  ['audit_entry_by_time', `on audit_entry (at)`],
] as const
