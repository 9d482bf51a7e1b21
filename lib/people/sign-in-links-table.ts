import { type Selectable, sql } from 'kysely'
import type { Role } from '#lib/access/role.ts'
import { countAndPage } from '#lib/platform/db/count-and-page.ts'
import { microsecondsOf, timeOf } from '#lib/platform/db/microseconds.ts'
import type { Schema } from '#lib/platform/db/schema.ts'
import type { Database, Tx } from '#lib/services.ts'
import { COUNT_MAX, type ListPage } from '#lib/wire/list-page.ts'
import { LINK_KIND_SECONDS, type LinkKind } from './sign-in-link.ts'

/** A link that lets a person in once. */
export interface SignInLink {
  id: string
  /** Of the person invited. */
  email: string | null
  /** What an invited person may do: in `projectId`, or everywhere. */
  role: Role | null
  projectId: string | null
  /** The person whose password it resets. */
  userId: string | null
  /** The person or key that made it; null: a command of the installation. */
  createdBy: string | null
  created: Date
  expiresAt: Date
}

/** What a link gives, and who vouches for it. */
export type LinkGrant = Pick<SignInLink, 'createdBy' | 'role' | 'projectId'>

interface NewLink {
  tokenHash: Uint8Array
  email?: string
  role?: Role
  projectId?: string | null
  userId?: string
  /** The person or key that made it. */
  createdBy?: string | null
  /** It works no longer than until then. */
  until?: Date | undefined
}

const fromRow = (row: Selectable<Schema['sign_in_link']>): SignInLink => ({
  id: row.id,
  email: row.email,
  role: row.role,
  projectId: row.project_id,
  userId: row.user_id,
  createdBy: row.created_by,
  created: row.created,
  expiresAt: row.expires_at,
})

export async function insertLink(db: Database | Tx, kind: LinkKind, link: NewLink): Promise<SignInLink> {
  const expires_at = sql<Date>`least(app_now() + make_interval(secs => ${LINK_KIND_SECONDS[kind]}),
    ${link.until ?? null}::timestamptz)`
  const row = await db
    .insertInto('sign_in_link')
    .values({
      kind,
      token_hash: link.tokenHash,
      email: link.email ?? null,
      role: link.role ?? null,
      project_id: link.projectId ?? null,
      user_id: link.userId ?? null,
      created_by: link.createdBy ?? null,
      expires_at: expires_at as unknown as Date,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return fromRow(row)
}

const open = (db: Database | Tx, kind: LinkKind) =>
  db
    .selectFrom('sign_in_link')
    .selectAll()
    .where('kind', '=', kind)
    .where('used_at', 'is', null)
    .where('expires_at', '>', sql<Date>`(select app_now())`)

/** The link with this token that can still be used. */
export async function selectOpenLink(
  db: Database | Tx,
  kind: LinkKind,
  hash: Uint8Array,
): Promise<SignInLink | undefined> {
  const row = await open(db, kind).where('token_hash', '=', hash).executeTakeFirst()
  return row && fromRow(row)
}

/** Who made the links of this kind that can still be used, and what they give: each once. */
export function selectGrants(db: Database, kind: LinkKind): Promise<LinkGrant[]> {
  return open(db, kind)
    .clearSelect()
    .select(['created_by as createdBy', 'role', 'project_id as projectId'])
    .distinct()
    .execute() as Promise<LinkGrant[]>
}

/**
 * One page of the links of this kind that can still be used and are among these grants, newest first, behind a place or an
 * offset, and one row more; counted to COUNT_MAX + 1.
 */
export async function selectOpenLinks(
  db: Database,
  kind: LinkKind,
  grants: readonly LinkGrant[],
  { limit, offset, after }: ListPage,
): Promise<{ count: number; rows: (SignInLink & { place: string })[] }> {
  const found = open(db, kind).where(
    sql<boolean>`exists (
      select from unnest(
        ${grants.map(({ createdBy }) => createdBy)}::uuid[],
        ${grants.map(({ role }) => role)}::text[],
        ${grants.map(({ projectId }) => projectId)}::uuid[]
      ) as granted (made_by, as_role, within)
      where made_by is not distinct from created_by and as_role is not distinct from role
        and within is not distinct from project_id
    )`,
  )
  const some = found
    .clearSelect()
    .select('id')
    .limit(COUNT_MAX + 1)
  const behind = sql<boolean>`(created, id) < (${timeOf(after?.value)}, ${after?.id}::uuid)`
  const page = after ? found.where(behind) : found.offset(offset)
  const { count, rows } = await countAndPage(
    db,
    some.as('some'),
    page
      .select(sql<string>`${microsecondsOf('created')}::text`.as('place'))
      .orderBy('created', 'desc')
      .orderBy('id', 'desc')
      .limit(limit + 1),
  )
  return { count, rows: rows.map((row) => ({ ...fromRow(row), place: row.place })) }
}

/** Use up a link. Returns undefined when it cannot be used. Of two requests at once, one gets it. */
export async function takeLink(tx: Tx, kind: LinkKind, hash: Uint8Array): Promise<SignInLink | undefined> {
  const row = await tx
    .updateTable('sign_in_link')
    .set({ used_at: sql<Date>`app_now()` })
    .where('kind', '=', kind)
    .where('token_hash', '=', hash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', sql<Date>`(select app_now())`)
    .returningAll()
    .executeTakeFirst()
  return row && fromRow(row)
}

/** Delete unused links: one by id, those of a person, or all of the kind. Returns whether there were any. */
export async function deleteOpenLinks(
  db: Database | Tx,
  kind: LinkKind,
  { id, userId }: { id?: string; userId?: string } = {},
): Promise<boolean> {
  let taken = db.deleteFrom('sign_in_link').where('kind', '=', kind).where('used_at', 'is', null)
  if (id !== undefined) taken = taken.where('id', '=', id)
  if (userId !== undefined) taken = taken.where('user_id', '=', userId)
  return (await taken.executeTakeFirst()).numDeletedRows > 0n
}

/** Delete the unused invitations of an address. One that is being accepted right now is left to its own end. */
export async function deleteInvitationsOf(tx: Tx, email: string): Promise<void> {
  const others = tx
    .selectFrom('sign_in_link')
    .select('id')
    .where('kind', '=', 'invitation')
    .where('email', '=', email)
    .where('used_at', 'is', null)
    .forUpdate()
    .skipLocked()
  await tx.deleteFrom('sign_in_link').where('id', 'in', others).execute()
}

/** Delete unused links that let this person in, or that the person or one of their keys made. */
export async function deleteLinksOf(tx: Tx, userId: string): Promise<void> {
  await tx
    .deleteFrom('sign_in_link')
    .where('used_at', 'is', null)
    .where((eb) =>
      eb.or([
        eb('user_id', '=', userId),
        eb('created_by', '=', userId),
        eb('created_by', 'in', eb.selectFrom('api_key').select('id').where('user_id', '=', userId)),
      ]),
    )
    .execute()
}

/** Unused links that one of these keys made, newest first, at most `limit`. */
export async function selectLinksBy(
  db: Database,
  keyIds: readonly string[],
  limit: number,
): Promise<(SignInLink & { kind: LinkKind })[]> {
  const rows = await db
    .selectFrom('sign_in_link')
    .selectAll()
    .where('created_by', 'in', keyIds)
    .where('used_at', 'is', null)
    .where('expires_at', '>', sql<Date>`(select app_now())`)
    .orderBy('created', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ ...fromRow(row), kind: row.kind as LinkKind }))
}
