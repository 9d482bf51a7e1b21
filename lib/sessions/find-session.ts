import { Problem } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { NO_TOKEN } from './embed-messages.ts'
import { PAGE_REQUESTS_PER_MINUTE_MAX } from './limits.ts'
import { readLinkToken } from './link/link-token.ts'
import type { Session } from './session.ts'
import { selectSession } from './sessions-table.ts'

/**
 * The session whose link token the page holds. Malformed, forged, unknown, or of an earlier minting: one and the same
 * 401 `link_invalid`. The detail only tells whether there was a token at all, since some proxies remove it. Windows are
 * not judged here.
 */
export async function findSession(
  { db, secrets }: Pick<Services, 'db' | 'secrets'>,
  authorization: string | null,
): Promise<Session> {
  const token = /^Bearer ([\x21-\x7e]+)$/i.exec(authorization ?? '')?.[1]
  const link = token === undefined ? undefined : await readLinkToken(secrets, token)
  const session = link && (await selectSession(db, link.sampleId))
  if (!link || !session || session.jti !== link.jti) {
    const detail = authorization === null ? NO_TOKEN : 'This link is not valid.'
    throw new Problem('not_authenticated', detail, { reason: 'link_invalid' })
  }
  return session
}

/**
 * The session a request of the page belongs to. Every request but the bytes themselves counts against the session's
 * share of requests a minute (429); addresses are never counted, because phones share them.
 */
export async function admitPage(
  services: Services,
  { authorization, method }: { authorization: string | null; method: string },
): Promise<Session> {
  const session = await findSession(services, authorization)
  if (method === 'PATCH') return session
  const wait = services.limiter.take(`page ${session.sampleId}`, PAGE_REQUESTS_PER_MINUTE_MAX, 60)
  if (wait !== undefined) {
    throw new Problem('throttled', `Request was throttled. Expected available in ${wait} seconds.`, {
      reason: 'service_unavailable',
      retryAfterSeconds: wait,
    })
  }
  return session
}
