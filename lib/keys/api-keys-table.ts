import { type Selectable, sql } from 'kysely'
import type { Role } from '#lib/access/role.ts'
import { countAndPage } from '#lib/platform/db/count-and-page.ts'
import { microsecondsOf, timeOf } from '#lib/platform/db/microseconds.ts'
import type { Schema } from '#lib/platform/db/schema.ts'
import type { Database, Tx } from '#lib/services.ts'
import { COUNT_MAX, type ListPage } from '#lib/wire/list-page.ts'

/** An API key as it is stored, with the time that decides whether it has expired. */
export interface ApiKey {
  id: string
  name: string
  prefix: string
  /** SHA-256 of the whole key. */
  hash: Uint8Array
  role: Role
  projectId: string | null
  created: Date
  /** The first instant at which it no longer works. */
  expiresAt: Date | null
  revokedAt: Date | null
  lastUsedAt: Date | null
  /** CIDR networks it may be used from; null: from anywhere. */
  ipRanges: string[] | null
  /** Null: the usual limit. */
  requestsPerMinute: number | null
  /** The key or person that made it; null: an administrator's command. */
  createdBy: string | null
  /** The person whose key it is. */
  userId: string | null
  now: Date
}

const fromRow = (row: Selectable<Schema['api_key']> & { now: Date }): ApiKey => ({
  id: row.id,
  name: row.name,
  prefix: row.prefix,
  hash: row.hash,
  role: row.role,
  projectId: row.project_id,
  created: row.created,
  expiresAt: row.expires_at,
  revokedAt: row.revoked_at,
  lastUsedAt: row.last_used_at,
  ipRanges: row.ip_ranges,
  requestsPerMinute: row.requests_per_minute,
  createdBy: row.created_by,
  userId: row.user_id,
  now: row.now,
})

/** Which keys a list shows. Nothing is shown beyond the first two. */
export interface KeyFilter {
  /** Keys bound to one of these projects; null: all keys. */
  projects: readonly string[] | null
  roles: readonly Role[]
  /** Keys this caller made or owns, or the key that is this caller; null: anyone's. */
  of: string | null
}

export async function selectApiKeyById(db: Database, id: string): Promise<ApiKey | undefined> {
  const row = await db
    .selectFrom('api_key')
    .selectAll()
    .select(sql<Date>`app_now()`.as('now'))
    .where('id', '=', id)
    .executeTakeFirst()
  return row && fromRow(row)
}

/** A key of the list, with its time to the microsecond. */
export interface ListedKey extends ApiKey {
  place: string
}

/** One page of the keys that were not revoked, newest first, behind a place or an offset, and one row more; counted to COUNT_MAX + 1. */
export async function selectApiKeys(
  db: Database,
  { projects, roles, of }: KeyFilter,
  { limit, offset, after }: ListPage,
): Promise<{ count: number; rows: ListedKey[] }> {
  let found = db.selectFrom('api_key').where('revoked_at', 'is', null).where('role', 'in', roles)
  if (projects) found = found.where(sql<boolean>`project_id = any(${projects})`)
  if (of !== null) {
    found = found.where((eb) => eb.or([eb('id', '=', of), eb('created_by', '=', of), eb('user_id', '=', of)]))
  }
  const some = found.select('id').limit(COUNT_MAX + 1)
  const behind = sql<boolean>`(created, id)
    < (${timeOf(after?.value)}, ${after?.id}::uuid)`
  const page = after ? found.where(behind) : found.offset(offset)
  const { count, rows } = await countAndPage(
    db,
    some.as('some'),
    page
      .selectAll()
      .select(sql<Date>`app_now()`.as('now'))
      .select(sql<string>`${microsecondsOf('created')}::text`.as('place'))
      .orderBy('created', 'desc')
      .orderBy('id', 'desc')
      .limit(limit + 1),
  )
  return { count, rows: rows.map((row) => ({ ...fromRow(row), place: row.place })) }
}

/** Working keys made with this one, with those made with them, and so on; oldest first, at most `limit`. */
export async function selectDescendants(db: Database, id: string, limit: number): Promise<ApiKey[]> {
  const rows = await db
    .withRecursive('made', (with_) =>
      with_
        .selectFrom('api_key')
        .select('api_key.id')
        .where('created_by', '=', id)
        .unionAll(
          with_.selectFrom('made').innerJoin('api_key', 'api_key.created_by', 'made.id').select('api_key.id'),
        ),
    )
    .selectFrom('api_key')
    .selectAll()
    .select(sql<Date>`app_now()`.as('now'))
    .where('id', 'in', (eb) => eb.selectFrom('made').select('made.id'))
    .where('revoked_at', 'is', null)
    .orderBy('created')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(fromRow)
}

export function insertApiKey(
  db: Database | Tx,
  key: Omit<ApiKey, 'id' | 'created' | 'now' | 'revokedAt' | 'lastUsedAt'>,
): Promise<{ id: string }> {
  return db
    .insertInto('api_key')
    .values({
      name: key.name,
      prefix: key.prefix,
      // The driver takes a Buffer for bytea.
      hash: Buffer.from(key.hash),
      role: key.role,
      project_id: key.projectId,
      expires_at: key.expiresAt,
      ip_ranges: key.ipRanges,
      requests_per_minute: key.requestsPerMinute,
      created_by: key.createdBy,
      user_id: key.userId,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
}

export async function updateKeyName(db: Database | Tx, id: string, name: string): Promise<void> {
  await db.updateTable('api_key').set({ name }).where('id', '=', id).execute()
}

/**
 * Note a use, unless one within `ms` before it or later is noted. Waits for nobody: while another request has the row,
 * mostly to note the same, nothing is noted.
 */
export async function updateLastUsed(db: Database, id: string, at: Date, ms: number): Promise<void> {
  await db
    .updateTable('api_key')
    .set({ last_used_at: at })
    .where('id', '=', (eb) =>
      eb
        .selectFrom('api_key')
        .select('id')
        .where('id', '=', id)
        .where((key) =>
          key.or([key('last_used_at', 'is', null), key('last_used_at', '<', new Date(at.getTime() - ms))]),
        )
        .forNoKeyUpdate()
        .skipLocked(),
    )
    .execute()
}

/** Revoke a key. Returns its project; undefined when no unrevoked key has this id. */
export async function updateRevoked(
  db: Database | Tx,
  id: string,
): Promise<{ projectId: string | null } | undefined> {
  const row = await db
    .updateTable('api_key')
    .set({ revoked_at: sql<Date>`app_now()` })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .returning('project_id')
    .executeTakeFirst()
  return row && { projectId: row.project_id }
}
