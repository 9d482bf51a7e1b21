import type { Caller } from '#lib/access/caller.ts'
import type { Role } from '#lib/access/role.ts'
import { Problem } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { findTokenUser } from './find-token-user.ts'

/** The person behind `Authorization: Bearer <access token>`. Throws 401 in the words of the reference. */
export async function authenticateUser(
  services: Pick<Services, 'db' | 'clock' | 'secrets'>,
  authorization: string,
): Promise<Caller> {
  const token = authorization.replace(/^Bearer +/i, '')
  const user = await findTokenUser(services, 'access', token)
  if (!user) {
    throw new Problem('not_authenticated', 'Given token not valid for any token type', {
      beside: {
        code: 'token_not_valid',
        messages: [
          { token_class: 'AccessToken', token_type: 'access', message: 'Token is invalid or expired' },
        ],
      },
    })
  }
  return {
    apiKeyId: null,
    userId: user.id,
    role: user.role as Role | null,
    projectId: null,
    projectRoles: user.project_roles,
  }
}
