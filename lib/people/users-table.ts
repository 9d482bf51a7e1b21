import { type Selectable, sql } from 'kysely'
import type { Role } from '#lib/access/role.ts'
import { countAndPage } from '#lib/platform/db/count-and-page.ts'
import type { Schema } from '#lib/platform/db/schema.ts'
import type { Database, Tx } from '#lib/services.ts'
import { COUNT_MAX, type ListPage } from '#lib/wire/list-page.ts'
import { containing } from '#lib/wire/search-text.ts'

/** A person as they are stored, and the time that decides whether their tokens still count. */
export interface User {
  id: string
  /** In lower case. */
  email: string
  name: string
  passwordHash: string
  /** In every project; null: only in those of `projectRoles`. */
  role: Role | null
  /** Roles in single projects, by project. */
  projectRoles: Record<string, Role>
  /** Tokens of an earlier generation no longer count. */
  tokenGeneration: number
  /** Signing in also takes a code of an authenticator app. */
  secondFactor: boolean
  created: Date
  disabledAt: Date | null
  now: Date
}

type Row = Selectable<Schema['app_user']> & { now: Date; project_roles: Record<string, Role> }

const fromRow = (row: Row): User => ({
  id: row.id,
  email: row.email,
  name: row.name,
  passwordHash: row.password_hash,
  role: row.role,
  projectRoles: row.project_roles,
  tokenGeneration: row.token_generation,
  secondFactor: row.second_factor,
  created: row.created,
  disabledAt: row.disabled_at,
  now: row.now,
})

export async function selectUser(db: Database | Tx, id: string): Promise<User | undefined> {
  const row = await users(db).where('id', '=', id).executeTakeFirst()
  return row && fromRow(row)
}

export async function selectUserByEmail(db: Database, email: string): Promise<User | undefined> {
  const row = await users(db).where('email', '=', email).executeTakeFirst()
  return row && fromRow(row)
}

function users(db: Database | Tx) {
  return db
    .selectFrom('app_user')
    .selectAll()
    .select(sql<Date>`app_now()`.as('now'))
    .select(
      sql<Record<string, Role>>`coalesce((
        select jsonb_object_agg(project_id, role) from user_project_role where user_id = app_user.id
      ), '{}')`.as('project_roles'),
    )
}

/** Insert a person. Returns undefined when the address is taken. */
export function insertUser(
  tx: Tx,
  { email, name, passwordHash, role }: Pick<User, 'email' | 'name' | 'passwordHash' | 'role'>,
): Promise<{ id: string } | undefined> {
  return tx
    .insertInto('app_user')
    .values({ email, name, password_hash: passwordHash, role })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .returning('id')
    .executeTakeFirst()
}

export async function insertProjectRoles(
  tx: Tx,
  userId: string,
  roles: readonly { projectId: string; role: Role }[],
): Promise<void> {
  if (roles.length === 0) return
  const rows = roles.map(({ projectId, role }) => ({ user_id: userId, project_id: projectId, role }))
  await tx.insertInto('user_project_role').values(rows).execute()
}

/** One page of the people, by address, behind a place or an offset, and one row more; counted to COUNT_MAX + 1. */
export async function selectUsers(
  db: Database,
  search: string,
  { limit, offset, after }: ListPage,
): Promise<{ count: number; rows: User[] }> {
  const wanted = containing(search)
  const matches = sql<boolean>`(email ilike ${wanted} or name ilike ${wanted})`
  const some = db
    .selectFrom('app_user')
    .select('id')
    .where(matches)
    .limit(COUNT_MAX + 1)
  const found = users(db).where(matches)
  // Addresses stay out of the place, because it stands in addresses of pages.
  const behind = sql<boolean>`email > (select before.email from app_user before where before.id = ${after?.id ?? null}::uuid)`
  const page = after ? found.where(behind) : found.offset(offset)
  const { count, rows } = await countAndPage(db, some.as('some'), page.orderBy('email').limit(limit + 1))
  return { count, rows: rows.map(fromRow) }
}

/** How many owners may sign in. Locks them until the transaction ends, so that the last one cannot leave. */
export async function countOwners(tx: Tx): Promise<number> {
  const owners = tx
    .selectFrom('app_user')
    .select('id')
    .where('role', '=', 'owner')
    .where('disabled_at', 'is', null)
  return (await owners.forUpdate().execute()).length
}

/** Whether there is an owner who may sign in. */
export async function hasOwner(db: Database | Tx): Promise<boolean> {
  const owner = db
    .selectFrom('app_user')
    .select('id')
    .where('role', '=', 'owner')
    .where('disabled_at', 'is', null)
  return (await owner.limit(1).executeTakeFirst()) !== undefined
}

/** When each of these people was last seen in the console. */
export async function selectLastSeen(db: Database, ids: readonly string[]): Promise<Map<string, Date>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('user_session')
    .select(['user_id', (eb) => eb.fn.max('seen_at').as('seen_at')])
    .where('user_id', 'in', ids)
    .groupBy('user_id')
    .execute()
  return new Map(rows.map((row) => [row.user_id, row.seen_at]))
}

export async function updateUser(
  db: Database | Tx,
  id: string,
  change: { name?: string; role?: Role | null },
): Promise<void> {
  const set = { ...change, modified: sql<Date>`app_now()` }
  await db.updateTable('app_user').set(set).where('id', '=', id).execute()
}

/** Replace the password: earlier tokens stop working. */
export async function updatePassword(db: Database | Tx, id: string, hash: string): Promise<void> {
  await db
    .updateTable('app_user')
    .set((row) => ({
      password_hash: hash,
      modified: sql<Date>`app_now()`,
      token_generation: sql<number>`${row.ref('token_generation')} + 1`,
    }))
    .where('id', '=', id)
    .execute()
}

/** Let a person sign in again; sessions and tokens that ended stay ended. */
export async function updateUserEnabled(db: Database | Tx, id: string): Promise<void> {
  await db.updateTable('app_user').set({ disabled_at: null }).where('id', '=', id).execute()
}

/** Replace a person's roles in single projects. */
export async function replaceProjectRoles(
  tx: Tx,
  userId: string,
  roles: readonly { projectId: string; role: Role }[],
): Promise<void> {
  await tx.deleteFrom('user_project_role').where('user_id', '=', userId).execute()
  await insertProjectRoles(tx, userId, roles)
}

/** How many of these projects exist. */
export async function countProjects(db: Database | Tx, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0
  return (await db.selectFrom('project').select('id').where('id', 'in', ids).execute()).length
}

/** Remove a second factor that was lost, after an owner vouched for the person. */
export async function deleteSecondFactor(tx: Tx, userId: string): Promise<void> {
  await tx.deleteFrom('user_second_factor').where('user_id', '=', userId).execute()
  await tx.updateTable('app_user').set({ second_factor: false }).where('id', '=', userId).execute()
}

/** Disable a person, with their tokens and keys. Returns their id; undefined when no enabled person matches. */
export async function updateUserDisabled(
  db: Database | Tx,
  which: { email: string } | { id: string },
): Promise<string | undefined> {
  const [column, value] = 'id' in which ? (['id', which.id] as const) : (['email', which.email] as const)
  const stopped = await db
    .updateTable('app_user')
    .set((row) => ({
      disabled_at: sql<Date>`app_now()`,
      token_generation: sql<number>`${row.ref('token_generation')} + 1`,
    }))
    .where(column, '=', value)
    .where('disabled_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return stopped?.id
}
