import { type Insertable, type Selectable, sql } from 'kysely'
import type { Schema } from '#lib/platform/db/schema.ts'
import type { Database, Tx } from '#lib/services.ts'

export type ApiKeyRow = Selectable<Schema['api_key']>

/** The key of that prefix, with the time that decides whether it has expired. */
export function selectApiKey(db: Database, prefix: string): Promise<(ApiKeyRow & { now: Date }) | undefined> {
  return db
    .selectFrom('api_key')
    .selectAll()
    .select(sql<Date>`app_now()`.as('now'))
    .where('prefix', '=', prefix)
    .executeTakeFirst()
}

export function insertApiKey(db: Database | Tx, row: Insertable<Schema['api_key']>): Promise<{ id: string }> {
  return db.insertInto('api_key').values(row).returning('id').executeTakeFirstOrThrow()
}

export async function updateLastUsed(db: Database, id: string, at: Date): Promise<void> {
  await db.updateTable('api_key').set({ last_used_at: at }).where('id', '=', id).execute()
}

export async function updateRevoked(db: Database, id: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('api_key')
    .set({ revoked_at: sql<Date>`app_now()` })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
