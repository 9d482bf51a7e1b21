import { type Insertable, type Selectable, sql } from 'kysely'
import type { Schema } from '#lib/platform/db/schema.ts'
import type { Database, Tx } from '#lib/services.ts'
import { LINK_KIND_SECONDS, type LinkKind } from './sign-in-link.ts'

export type LinkRow = Selectable<Schema['sign_in_link']>

type NewLink = Omit<Insertable<Schema['sign_in_link']>, 'kind' | 'expires_at' | 'id' | 'created'>

export function insertLink(db: Database | Tx, kind: LinkKind, link: NewLink): Promise<LinkRow> {
  const expires_at = sql<Date>`app_now() + make_interval(secs => ${LINK_KIND_SECONDS[kind]})`
  return db
    .insertInto('sign_in_link')
    .values({ ...link, kind, expires_at: expires_at as unknown as Date })
    .returningAll()
    .executeTakeFirstOrThrow()
}

const open = (db: Database | Tx, kind: LinkKind) =>
  db
    .selectFrom('sign_in_link')
    .selectAll()
    .where('kind', '=', kind)
    .where('used_at', 'is', null)
    .where('expires_at', '>', sql<Date>`app_now()`)

/** The link with this token that can still be used. */
export const selectOpenLink = (
  db: Database,
  kind: LinkKind,
  hash: Uint8Array,
): Promise<LinkRow | undefined> => open(db, kind).where('token_hash', '=', hash).executeTakeFirst()

export const selectOpenLinks = (db: Database, kind: LinkKind): Promise<LinkRow[]> =>
  open(db, kind).orderBy('created', 'desc').orderBy('id').execute()

/** Use a link up; undefined when it cannot be used (any more). Of two at once, one gets it. */
export function takeLink(tx: Tx, kind: LinkKind, hash: Uint8Array): Promise<LinkRow | undefined> {
  return tx
    .updateTable('sign_in_link')
    .set({ used_at: sql<Date>`app_now()` })
    .where('kind', '=', kind)
    .where('token_hash', '=', hash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', sql<Date>`app_now()`)
    .returningAll()
    .executeTakeFirst()
}

/** Take back links that were not used: this one, those of a person, or all of the kind. True when there was one. */
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
