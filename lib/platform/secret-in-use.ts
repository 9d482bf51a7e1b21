import { type Kysely, sql } from 'kysely'
import type { Schema } from './db/schema.ts'
import type { Secrets } from './secrets.ts'
import { StartRefusal } from './start-refusal.ts'

type Given = { db: Kysely<Schema>; secrets: Secrets }

/**
 * Called by every server and worker at start: rejects unless APP_SECRET holds the secret that the one that started last seals with,
 * since neither could read what the other stores. From then on the first secret of this one is in use. A rotation in
 * two steps passes: the first secret of either step is in the list of the other.
 */
export async function claimSecret(given: Given): Promise<void> {
  const ids = idsOf(given)
  await sql`
    insert into secret_in_use as present (key_id) values (${ids[0]})
        on conflict (one) do update set key_id = excluded.key_id
     where present.key_id = any(${ids}) and present.key_id <> excluded.key_id`.execute(given.db)
  if (await knowsSecretInUse(given)) return
  throw new StartRefusal(
    'APP_SECRET (or app-secret in DATA_DIR) does not hold the secret that the other servers and workers of this database use: give all of them the same, and change it in two steps, as "Rotating secrets" in docs/operations.md says; if theirs is lost, run `arraydrop admin rotate-secret --old-lost` first.',
  )
}

/** Whether these secrets can read what servers and workers seal from now on; true where none has started yet. */
export async function knowsSecretInUse(given: Given): Promise<boolean> {
  const row = await given.db.selectFrom('secret_in_use').select('key_id').executeTakeFirst()
  return row === undefined || idsOf(given).includes(row.key_id)
}

/** Let this installation start with its present secret although another one is in use: what that one sealed stays unreadable. */
export async function replaceLostSecret(given: Given): Promise<void> {
  await sql`
    insert into secret_in_use (key_id) values (${idsOf(given)[0]})
        on conflict (one) do update set key_id = excluded.key_id`.execute(given.db)
}

/** They tell keys apart and nothing about a secret; everything that is sealed begins with one. */
const idsOf = ({ secrets }: Given): string[] => secrets.keysFor('encryption').map(({ kid }) => kid)
