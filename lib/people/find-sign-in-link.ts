import type { Services } from '#lib/services.ts'
import { hashLinkToken, type LinkKind } from './sign-in-link.ts'
import { selectOpenLink } from './sign-in-links-table.ts'
import { selectUser } from './users-table.ts'

/** Whom a link that can still be used is for; undefined for every other. Looking changes nothing. */
export async function readSignInLink(
  { db }: Pick<Services, 'db'>,
  kind: LinkKind,
  token: string,
): Promise<{ email: string | null } | undefined> {
  const link = await selectOpenLink(db, kind, await hashLinkToken(token))
  if (!link) return undefined
  if (link.user_id === null) return { email: link.email }
  const user = await selectUser(db, link.user_id)
  return user && !user.disabled_at ? { email: user.email } : undefined
}
