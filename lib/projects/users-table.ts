import { type Insertable, type Selectable, sql } from 'kysely'
import type { Schema } from '#lib/platform/db/schema.ts'
import type { Database, Tx } from '#lib/services.ts'
import type { Role } from './role.ts'

export type UserRow = Selectable<Schema['app_user']>
/** A person, their roles in single projects, and the time that decides about their tokens. */
export type UserNow = UserRow & { now: Date; project_roles: Record<string, Role> }

export const selectUser = (db: Database, id: string): Promise<UserNow | undefined> =>
  users(db).where('id', '=', id).executeTakeFirst()

export const selectUserByEmail = (db: Database, email: string): Promise<UserNow | undefined> =>
  users(db).where('email', '=', email).executeTakeFirst()

function users(db: Database) {
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

/** Insert a person; undefined when there is one with this address. */
export function insertUser(tx: Tx, row: Insertable<Schema['app_user']>): Promise<{ id: string } | undefined> {
  return tx
    .insertInto('app_user')
    .values(row)
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

/** From now on the person cannot sign in, and their tokens and keys do not work. False when there is nobody to stop. */
export async function updateDisabled(db: Database, email: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('app_user')
    .set((row) => ({
      disabled_at: sql<Date>`app_now()`,
      token_generation: sql<number>`${row.ref('token_generation')} + 1`,
    }))
    .where('email', '=', email)
    .where('disabled_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
