import type { Services } from '#lib/services.ts'
import { authenticateApiKey } from './authenticate-api-key.ts'
import { authenticateUser } from './authenticate-user.ts'
import type { Caller } from './caller.ts'

/** Who calls: a person by `Bearer`, an API key by `Api-Key`. Throws 401, or 403 for a key used from elsewhere. */
export function authenticate(
  services: Services,
  { authorization, address }: { authorization: string | null; address: string },
): Promise<Caller> {
  return /^Bearer /i.test(authorization ?? '')
    ? authenticateUser(services, authorization!)
    : authenticateApiKey(services, authorization, address)
}
