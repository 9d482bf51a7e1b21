import { Problem } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { findSession } from './find-session.ts'
import { REQUESTS_PER_MINUTE_MAX } from './limits.ts'
import type { Session } from './session.ts'

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
  const wait = services.limiter.take(`page ${session.sampleId}`, REQUESTS_PER_MINUTE_MAX, 60)
  if (wait !== undefined) {
    throw new Problem('throttled', `Request was throttled. Expected available in ${wait} seconds.`, {
      reason: 'service_unavailable',
      retryAfterSeconds: wait,
    })
  }
  return session
}
