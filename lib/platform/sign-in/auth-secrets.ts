import { createHash } from 'node:crypto'
import type { Secrets } from '#lib/platform/secrets.ts'

/** APP_SECRET's keys as better-auth numbers them: by the key itself, so that a number means the same after a rotation. */
export function authSecrets(secrets: Secrets): { version: number; value: string }[] {
  return secrets.keysFor('session').map(({ key }) => ({
    version: createHash('sha256').update('better-auth').update(key).digest().readUInt32BE(0) >>> 1,
    value: createHash('sha256').update('better-auth key').update(key).digest('base64url'),
  }))
}
