import type { Services } from '#lib/services.ts'
import { readUserToken, type TokenKind } from './user-token.ts'
import { selectUser, type UserNow } from './users-table.ts'

/** The person a token was made for, as they are now; undefined for every token that is worth nothing any more. */
export async function findTokenUser(
  { db, clock, secrets }: Pick<Services, 'db' | 'clock' | 'secrets'>,
  kind: TokenKind,
  token: string,
): Promise<UserNow | undefined> {
  const claims = await readUserToken(secrets, kind, token, await clock.now())
  const user = claims && (await selectUser(db, claims.userId))
  if (!user || user.disabled_at || user.token_generation !== claims.generation) return undefined
  return user
}
