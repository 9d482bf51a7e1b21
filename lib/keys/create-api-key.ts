import type { Role } from '#lib/access/role.ts'
import { type Actor, SYSTEM } from '#lib/audit/audit.ts'
import { recordAudit } from '#lib/audit/record-audit.ts'
import { sha256Of } from '#lib/sealing/digest.ts'
import type { Services } from '#lib/services.ts'
import { generateApiKey } from './api-key.ts'
import { insertApiKey } from './api-keys-table.ts'

export interface NewApiKey {
  name: string
  role: Role
  projectId: string | null
  /** The first instant at which it no longer works. */
  expiresAt?: Date | null
  /** Networks it may be used from, as `parseIpRange` writes them; empty or null: from anywhere. */
  ipRanges?: readonly string[] | null
  /** Null: the usual limit. */
  requestsPerMinute?: number | null
  /** The key or person that makes it. */
  createdBy?: string | null
  /** The person whose key it is: it stops working with them. */
  userId?: string | null
}

/** Create an API key. The key appears only in what this returns: its SHA-256 is stored. */
export async function createApiKey(
  { db }: Pick<Services, 'db'>,
  { name, role, projectId, expiresAt = null, ipRanges, ...more }: NewApiKey,
  by: Actor = SYSTEM,
): Promise<{ id: string; key: string; prefix: string }> {
  const { key, prefix } = generateApiKey()
  const hash = sha256Of(key)
  return db.transaction().execute(async (tx) => {
    const { id } = await insertApiKey(tx, {
      name,
      prefix,
      hash,
      role,
      projectId,
      expiresAt,
      ipRanges: ipRanges && ipRanges.length > 0 ? [...ipRanges] : null,
      requestsPerMinute: more.requestsPerMinute ?? null,
      createdBy: more.createdBy ?? null,
      userId: more.userId ?? null,
    })
    await recordAudit(tx, { by, action: 'api_key.create', projectId, targets: [id] })
    return { id, key, prefix }
  })
}
