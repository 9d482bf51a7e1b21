import { parseFields } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { findTokenUser } from './find-token-user.ts'
import { refuseToken } from './refuse-token.ts'
import { VerifyRequest } from './token-wire.ts'

/** Resolves for a token of either kind that still counts; throws 400 where none was sent, and 401 for any other. */
export async function verifyToken(
  services: Pick<Services, 'db' | 'clock' | 'secrets'>,
  fields: Record<string, unknown>,
): Promise<void> {
  const { token } = parseFields(VerifyRequest, fields)
  const user =
    (await findTokenUser(services, 'access', token)) ?? (await findTokenUser(services, 'refresh', token))
  if (!user) throw refuseToken()
}
