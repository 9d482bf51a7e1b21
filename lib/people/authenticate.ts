import type { Caller } from '#lib/access/caller.ts'
import { authenticateApiKey } from '#lib/keys/authenticate-api-key.ts'
import type { Services } from '#lib/services.ts'
import { authenticateSession, type BrowserRequest } from './authenticate-session.ts'
import { authenticateUser } from './authenticate-user.ts'

/**
 * Who calls: a person by `Bearer`, an API key by `Api-Key`, and where a browser sends neither, whoever is signed in to
 * the console. Throws 401, or 403 for a key used from elsewhere and for a change that another site's page asks for.
 */
export async function authenticate(
  services: Services,
  {
    authorization,
    address,
    browser,
  }: { authorization: string | null; address: string; browser?: BrowserRequest },
): Promise<Caller> {
  if (/^Bearer /i.test(authorization ?? '')) return authenticateUser(services, authorization!)
  const known = authorization === null && browser && (await authenticateSession(services, browser))
  return known || authenticateApiKey(services, authorization, address)
}
