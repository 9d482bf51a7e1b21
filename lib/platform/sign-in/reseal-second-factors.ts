import type { Kysely } from 'kysely'
import type { Secrets } from '#lib/platform/secrets.ts'
import type { Schema } from '../db/schema.ts'
import { authSecrets } from './auth-secrets.ts'

const BATCH = 500

/**
 * Seal second factors again that an older secret of APP_SECRET sealed; resolves with their number. Rejects when one
 * was sealed by a secret that is no longer in the list.
 */
export async function resealSecondFactors(db: Kysely<Schema>, secrets: Secrets): Promise<number> {
  const { symmetricDecrypt, symmetricEncrypt } = await import('better-auth/crypto')
  const known = authSecrets(secrets)
  const { version } = known[0]!
  const key = {
    keys: new Map(known.map((each) => [each.version, each.value])),
    currentVersion: version,
  }
  const anew = async (data: string) => symmetricEncrypt({ key, data: await symmetricDecrypt({ key, data }) })
  // As better-auth marks what it seals: `$ba$<version>$…`.
  const current = `$ba$${version}$%`
  for (let resealed = 0; ; ) {
    const rows = await db
      .selectFrom('user_second_factor')
      .select(['id', 'secret', 'backup_codes'])
      .where((eb) => eb.or([eb('secret', 'not like', current), eb('backup_codes', 'not like', current)]))
      .limit(BATCH)
      .execute()
    if (rows.length === 0) return resealed
    for (const { id, secret, backup_codes } of rows) {
      await db
        .updateTable('user_second_factor')
        .set({ secret: await anew(secret), backup_codes: await anew(backup_codes) })
        .where('id', '=', id)
        // A recovery code used in the meantime has sealed them again itself.
        .where('backup_codes', '=', backup_codes)
        .execute()
    }
    resealed += rows.length
  }
}
