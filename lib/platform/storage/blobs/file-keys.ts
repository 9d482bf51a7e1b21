import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { generateX25519Identity } from 'age-encryption'
import { type Kysely, sql } from 'kysely'
import type { Schema } from '#lib/platform/db/schema.ts'
import type { Secrets } from '#lib/platform/secrets.ts'
import type { FileKeys } from './encrypted-blob-store.ts'

const CIPHER = 'aes-256-gcm'
const NONCE_BYTES = 12
const TAG_BYTES = 16
const BATCH = 500

type Given = { db: Kysely<Schema>; secrets: Secrets }

/**
 * One age identity per sample, in the database, sealed under APP_SECRET and bound to that sample. Nothing is kept in
 * memory: a key that was destroyed is gone at that moment for every process.
 */
export function createFileKeys({ db, secrets }: Given): FileKeys {
  const select = async (owner: string) => {
    const row = await db.selectFrom('file_key').select('sealed').where('owner', '=', owner).executeTakeFirst()
    return row && open(secrets, owner, row.sealed)
  }
  return {
    find: select,
    async findOrMake(owner) {
      const found = await select(owner)
      if (found) return found
      const sealed = seal(secrets, owner, await generateX25519Identity())
      // Of two that make one at the same moment the first wins; a deleted sample gets none.
      await sql`
        insert into file_key (owner, sealed) select ${owner}, ${sealed}
         where not exists (select from sample_tombstone where sample_id = ${owner})
            on conflict do nothing`.execute(db)
      const made = await select(owner)
      if (!made) throw new Error('A file of a deleted sample is not stored any more')
      return made
    },
    async destroy(owner) {
      await db.deleteFrom('file_key').where('owner', '=', owner).execute()
    },
  }
}

/**
 * Seal keys again that an older secret of APP_SECRET sealed; resolves with their number. Afterwards that secret may be
 * removed from the list. Rejects when the secret of a key is no longer in the list.
 */
export async function resealFileKeys({ db, secrets }: Given): Promise<number> {
  const newest = `${secrets.keysFor('encryption')[0]!.kid}.`
  let resealed = 0
  for (;;) {
    const rows = await db
      .selectFrom('file_key')
      .select(['owner', 'sealed'])
      .where(sql<boolean>`not starts_with(sealed, ${newest})`)
      .limit(BATCH)
      .execute()
    if (rows.length === 0) return resealed
    for (const { owner, sealed } of rows) {
      const again = seal(secrets, owner, open(secrets, owner, sealed))
      const changed = db.updateTable('file_key').set({ sealed: again }).where('owner', '=', owner)
      await changed.where('sealed', '=', sealed).execute()
      resealed++
    }
  }
}

/** `<key id>.<nonce, text and tag>`, AES-256-GCM. */
function seal(secrets: Given['secrets'], owner: string, identity: string): string {
  const { kid, key } = secrets.keysFor('encryption')[0]!
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(boundTo(owner))
  const text = Buffer.concat([cipher.update(identity, 'utf8'), cipher.final()])
  return `${kid}.${Buffer.concat([nonce, text, cipher.getAuthTag()]).toString('base64url')}`
}

function open(secrets: Given['secrets'], owner: string, sealed: string): string {
  const [kid, text = ''] = sealed.split('.')
  const found = secrets.keysFor('encryption').find((key) => key.kid === kid)
  if (!found) throw new Error('The secret that a file key was encrypted with is not in APP_SECRET any more')
  const bytes = Buffer.from(text, 'base64url')
  const decipher = createDecipheriv(CIPHER, found.key, bytes.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  })
  decipher.setAAD(boundTo(owner)).setAuthTag(bytes.subarray(-TAG_BYTES))
  const plain = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES))
  return Buffer.concat([plain, decipher.final()]).toString('utf8')
}

const boundTo = (owner: string): Buffer => Buffer.from(`arraydrop file key ${owner}`)
