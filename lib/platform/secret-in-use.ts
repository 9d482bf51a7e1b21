import { type Kysely, sql } from 'kysely'
import type { Schema } from './db/schema.ts'
import type { Secrets } from './secrets.ts'
import { StartRefusal } from './start-refusal.ts'

type Given = { db: Kysely<Schema>; secrets: Secrets }

/**
 * Called by every server and worker at start: rejects unless APP_SECRET holds the newest secret that one of them has started to
 * seal with. From then on the first secret of this one is in use, unless it was before: in the second step of a rotation, a
 * process of the first step that restarts does not bring the old one back. `alone`: no other machine uses this database.
 */
export async function claimSecret({ alone, ...given }: Given & { alone: boolean }): Promise<void> {
  const ids = idsOf(given)
  await sql`
    insert into secret_in_use as present (key_id) values (${ids[0]})
        on conflict (one) do update
       set key_id = excluded.key_id, earlier = present.earlier || present.key_id
     where present.key_id = any(${ids}) and excluded.key_id <> all(present.earlier || present.key_id)`.execute(
    given.db,
  )
  if (await knowsSecretInUse(given)) return
  const wanted = alone
    ? 'that this installation was last started with: put it back'
    : 'that the other servers and workers of this database use: give all of them the same'
  throw new StartRefusal(
    `APP_SECRET (or app-secret in DATA_DIR) does not hold the secret ${wanted}, and change it as "Rotating secrets" in docs/operations.md says; if that one is lost, run \`arraydrop admin rotate-secret --old-lost\` first.`,
  )
}

/** Whether a server or worker of this database has started, ever. */
export async function isSecretInUse({ db }: Pick<Given, 'db'>): Promise<boolean> {
  return (await idInUse(db)) !== undefined
}

/** Whether these secrets can read what servers and workers seal from now on; true where none has started yet. */
export async function knowsSecretInUse(given: Given): Promise<boolean> {
  const id = await idInUse(given.db)
  return id === undefined || idsOf(given).includes(id)
}

/** Whether servers and workers seal with the first of these secrets already; true where none has started yet. */
export async function isFirstInUse(given: Given): Promise<boolean> {
  const id = await idInUse(given.db)
  return id === undefined || idsOf(given)[0] === id
}

/** Let this installation start with its present secret although another one is in use: what that one sealed stays unreadable. */
export async function replaceLostSecret(given: Given): Promise<void> {
  await sql`
    insert into secret_in_use as present (key_id) values (${idsOf(given)[0]})
        on conflict (one) do update set key_id = excluded.key_id,
           earlier = array_remove(present.earlier || present.key_id, excluded.key_id)`.execute(given.db)
}

async function idInUse(db: Given['db']): Promise<string | undefined> {
  return (await db.selectFrom('secret_in_use').select('key_id').executeTakeFirst())?.key_id
}

/** They tell keys apart and nothing about a secret; everything that is sealed begins with one. */
const idsOf = ({ secrets }: Given): string[] => secrets.keysFor('encryption').map(({ kid }) => kid)
