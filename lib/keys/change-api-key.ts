import type { Caller } from '#lib/access/caller.ts'
import { SYSTEM } from '#lib/audit/audit.ts'
import { recordAudit } from '#lib/audit/record-audit.ts'
import { Problem, parseFields } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { isUuid } from '#lib/wire/fields.ts'
import { withoutEchoes } from '#lib/wire/unknown-fields.ts'
import { type ApiKey, selectApiKeyById, updateKeyName, updateRevoked } from './api-keys-table.ts'
import { seesApiKey } from './find-api-keys.ts'
import { KEY_NEVER_SET, KeyChange, presentApiKey } from './wire.ts'

/** Rename or revoke a key. Revoking cannot be undone. What the caller may not see does not exist: 404. */
export async function changeApiKey(
  { db }: Pick<Services, 'db'>,
  caller: Caller,
  id: string,
  fields: Record<string, unknown>,
): Promise<ApiKey> {
  const key = isUuid(id) ? await selectApiKeyById(db, id) : undefined
  if (!key || !seesApiKey(caller, key)) throw new Problem('not_found', 'Not found.')
  const { name, revoked } = parseFields(KeyChange, withoutEchoes(fields, KEY_NEVER_SET, presentApiKey(key)))
  if (name !== undefined && name !== key.name) {
    await db.transaction().execute(async (tx) => {
      await updateKeyName(tx, key.id, name)
      const { id, projectId } = key
      await recordAudit(tx, { by: caller, action: 'api_key.update', projectId, targets: [id] })
    })
  }
  if (revoked) {
    await db.transaction().execute(async (tx) => {
      if (!(await updateRevoked(tx, key.id))) return
      const { id, projectId } = key
      await recordAudit(tx, { by: caller, action: 'api_key.revoke', projectId, targets: [id] })
    })
  }
  const changed = await selectApiKeyById(db, key.id)
  // Deleted with its project meanwhile.
  if (!changed) throw new Problem('not_found', 'Not found.')
  return changed
}

/** Revoke a key: from the next request it is refused with 401. Throws 404 when no working key has this id. */
export async function revokeApiKey({ db }: Pick<Services, 'db'>, id: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const revoked = await updateRevoked(tx, id)
    if (!revoked) throw new Problem('not_found', 'There is no working API key with this id.')
    const { projectId } = revoked
    await recordAudit(tx, { by: SYSTEM, action: 'api_key.revoke', projectId, targets: [id] })
  })
}
