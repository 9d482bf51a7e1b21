import { Problem } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { readLinkToken } from './link/link-token.ts'
import type { Session } from './session.ts'
import { selectSession } from './sessions-table.ts'

/**
 * The session whose link token the page holds. Malformed, forged, unknown, or of an earlier minting: one and the same
 * 401 `link_invalid`. Windows are not judged here.
 */
export async function findSession(
  { db, secrets }: Pick<Services, 'db' | 'secrets'>,
  authorization: string | null,
): Promise<Session> {
  const token = /^Bearer ([\x21-\x7e]+)$/i.exec(authorization ?? '')?.[1]
  const link = token === undefined ? undefined : await readLinkToken(secrets, token)
  const session = link && (await selectSession(db, link.sampleId))
  if (!link || !session || session.jti !== link.jti) {
    throw new Problem('not_authenticated', 'This link is not valid.', { reason: 'link_invalid' })
  }
  return session
}
