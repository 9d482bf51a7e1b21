import { parseFields } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { findTokenUser } from './find-token-user.ts'
import { refuseToken } from './refuse-token.ts'
import { RefreshRequest } from './token-wire.ts'
import { signUserToken } from './user-token.ts'

/** A new access token for a refresh token. Throws 400 where none was sent, and 401 for one that is worth nothing. */
export async function refreshAccess(
  services: Pick<Services, 'db' | 'clock' | 'secrets'>,
  fields: Record<string, unknown>,
): Promise<{ access: string }> {
  const { refresh } = parseFields(RefreshRequest, fields)
  const user = await findTokenUser(services, 'refresh', refresh)
  if (!user) throw refuseToken()
  const token = { userId: user.id, generation: user.token_generation }
  return { access: await signUserToken(services.secrets, 'access', token, user.now) }
}
