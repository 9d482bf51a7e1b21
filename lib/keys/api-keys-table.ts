import { type Insertable, type Selectable, sql } from 'kysely'
import type { Role } from '#lib/access/role.ts'
import type { Schema } from '#lib/platform/db/schema.ts'
import type { Database, Tx } from '#lib/services.ts'

export type ApiKeyRow = Selectable<Schema['api_key']>
/** A key, with the time that decides whether it has expired. */
export type ApiKeyNow = ApiKeyRow & { now: Date }

/** Whose keys a list is about. Nothing is shown beyond any of the first two. */
export interface KeyFilter {
  /** Keys bound to one of these projects; null: all keys. */
  projects: readonly string[] | null
  roles: readonly Role[]
  /** Made by, belonging to, or being this caller; null: whoever made them. */
  of: string | null
}

/** The key of that prefix, and whether the person whose key it is has left. */
export function selectApiKey(
  db: Database,
  prefix: string,
): Promise<(ApiKeyNow & { disabled_at: Date | null }) | undefined> {
  return db
    .selectFrom('api_key')
    .leftJoin('app_user', 'app_user.id', 'api_key.user_id')
    .selectAll('api_key')
    .select(['app_user.disabled_at', sql<Date>`app_now()`.as('now')])
    .where('prefix', '=', prefix)
    .executeTakeFirst()
}

export function selectApiKeyById(db: Database, id: string): Promise<ApiKeyNow | undefined> {
  return db
    .selectFrom('api_key')
    .selectAll()
    .select(sql<Date>`app_now()`.as('now'))
    .where('id', '=', id)
    .executeTakeFirst()
}

/** Keys that were not revoked, newest first, as one page and the number of all. */
export async function selectApiKeys(
  db: Database,
  { projects, roles, of }: KeyFilter,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ count: number; rows: ApiKeyNow[] }> {
  let found = db.selectFrom('api_key').where('revoked_at', 'is', null).where('role', 'in', roles)
  if (projects) found = found.where(sql<boolean>`project_id = any(${projects})`)
  if (of !== null) {
    found = found.where((eb) => eb.or([eb('id', '=', of), eb('created_by', '=', of), eb('user_id', '=', of)]))
  }
  const [{ count }, rows] = await Promise.all([
    found.select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow(),
    found
      .selectAll()
      .select(sql<Date>`app_now()`.as('now'))
      .orderBy('created', 'desc')
      .orderBy('id')
      .limit(limit)
      .offset(offset)
      .execute(),
  ])
  return { count: Number(count), rows }
}

export function insertApiKey(db: Database | Tx, row: Insertable<Schema['api_key']>): Promise<{ id: string }> {
  return db.insertInto('api_key').values(row).returning('id').executeTakeFirstOrThrow()
}

export async function updateKeyName(db: Database, id: string, name: string): Promise<void> {
  await db.updateTable('api_key').set({ name }).where('id', '=', id).execute()
}

export async function updateLastUsed(db: Database, id: string, at: Date): Promise<void> {
  await db.updateTable('api_key').set({ last_used_at: at }).where('id', '=', id).execute()
}

/** Revoke a key; its project. Undefined when there is no such key that is not revoked yet. */
export function updateRevoked(
  db: Database | Tx,
  id: string,
): Promise<{ project_id: string | null } | undefined> {
  return db
    .updateTable('api_key')
    .set({ revoked_at: sql<Date>`app_now()` })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .returning('project_id')
    .executeTakeFirst()
}
