import { sql } from 'kysely'
import type { Migration } from '../migration.ts'

/**
 * Second step: that every entry so far belongs to the months of the first partition is checked while others read and
 * write, so that the third step need not.
 */
export const auditMonthsChecked: Migration = {
  online: true,
  async up(db) {
    await sql`alter table audit_entry validate constraint audit_entry_first_months`.execute(db)
  },
}
