import type { Caller } from '#lib/access/caller.ts'
import { recordAudit } from '#lib/audit/record-audit.ts'
import { Problem, parseFields } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { isUuid } from '#lib/wire/is-uuid.ts'
import { type ApiKeyNow, selectApiKeyById, updateKeyName, updateRevoked } from './api-keys-table.ts'
import { seesApiKey } from './list-api-keys.ts'
import { KeyChange } from './wire.ts'

/** Rename or revoke a key. Revoking cannot be undone. What the caller may not see does not exist: 404. */
export async function changeApiKey(
  { db }: Pick<Services, 'db'>,
  caller: Caller,
  id: string,
  fields: Record<string, unknown>,
): Promise<ApiKeyNow> {
  const key = isUuid(id) ? await selectApiKeyById(db, id) : undefined
  if (!key || !seesApiKey(caller, key)) throw new Problem('not_found', 'Not found.')
  const { name, revoked } = parseFields(KeyChange, fields)
  if (name !== undefined) await updateKeyName(db, key.id, name)
  if (revoked) {
    await db.transaction().execute(async (tx) => {
      if (!(await updateRevoked(tx, key.id))) return
      const { id, project_id: projectId } = key
      await recordAudit(tx, { by: caller, action: 'api_key.revoke', projectId, targets: [id] })
    })
  }
  return (await selectApiKeyById(db, key.id))!
}
