import type { Services } from '#lib/services.ts'
import { generateApiKey, hashApiKey } from './api-key.ts'
import { insertApiKey } from './api-keys-table.ts'
import type { Role } from './role.ts'

export interface NewApiKey {
  name: string
  role: Role
  projectId: string | null
  expiresAt?: Date | null
}

/** Create an API key. The answer is the only place the key ever appears: what is stored is its SHA-256. */
export async function createApiKey(
  { db }: Pick<Services, 'db'>,
  { name, role, projectId, expiresAt = null }: NewApiKey,
): Promise<{ id: string; key: string; prefix: string }> {
  const { key, prefix } = generateApiKey()
  const hash = await hashApiKey(key)
  const { id } = await insertApiKey(db, {
    name,
    prefix,
    // The driver takes a Buffer for bytea; elsewhere this slice needs nothing of Node.
    hash: Buffer.from(hash),
    role,
    project_id: projectId,
    expires_at: expiresAt,
  })
  return { id, key, prefix }
}
