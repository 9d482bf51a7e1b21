import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/**
 * An index for `ilike '%…%'` over `id::text`, `client_id` and `metadata::text`. Where the server has no pg_trgm, or
 * does not let us install it, the search gives the same answers by reading every row of the project.
 */
export const sampleSearch: Migration = {
  async up(db) {
    const installable = await sql`
      select from pg_extension where extname = 'pg_trgm'
      union all
      select from pg_available_extension_versions
      where name = 'pg_trgm' and trusted and has_database_privilege(current_database(), 'create')`.execute(db)
    if (installable.rows.length === 0) return
    await sql`create extension if not exists pg_trgm`.execute(db)
    await sql`create index sample_search on sample using gin (
      client_id gin_trgm_ops, (metadata::text) gin_trgm_ops, (id::text) gin_trgm_ops)`.execute(db)
  },
}
