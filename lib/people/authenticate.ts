import type { Caller } from '#lib/access/caller.ts'
import { authenticateApiKey } from '#lib/keys/authenticate-api-key.ts'
import { Problem } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { findTokenUser } from './issue-tokens.ts'
import { selectSessionUser, touchSession } from './user-sessions-table.ts'

/**
 * The caller of a request: a person by `Bearer`, an API key by `Api-Key`, or, when a browser sends neither, the person
 * signed in to the console. Throws 401, or 403 for a key used from a foreign network and for another site's request.
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
    role: user.role,
    projectId: null,
    projectRoles: user.projectRoles,
  }
}

/** The parts of a request that show whose browser sent it, and from which page. */
export interface BrowserRequest {
  method: string
  cookie: string | null
  /** `Sec-Fetch-Site`, which no page can write. */
  fetchSite: string | null
  origin: string | null
  /** Whom the page shows its data to, by `Console-Person`: the cookie may have become another person's since. */
  shownTo: string | null
}

/**
 * The person whose session the cookie names; undefined without one, or when it has ended or the person is disabled.
 * Throws 403 for a change requested by a page that is not ours: the browser adds the cookie to any request. Throws 401
 * for a page that is shown to another person than the one who has signed in since.
 */
export async function authenticateSession(
  { db, env, signIn }: Pick<Services, 'db' | 'env' | 'signIn'>,
  browser: BrowserRequest,
): Promise<Caller | undefined> {
  const token = await signIn.readToken(browser.cookie)
  if (token === undefined) return undefined
  const session = await selectSessionUser(db, token)
  if (!session) return undefined
  demandOwnPage(env.publicUrl, browser)
  if (browser.shownTo !== null && browser.shownTo !== session.userId) {
    throw new Problem('not_authenticated', 'Another person has signed in in this browser.', {
      beside: { code: 'another_person' },
    })
  }
  await touchSession(db, session)
  return {
    apiKeyId: null,
    userId: session.userId,
    sessionId: session.id,
    role: session.role,
    projectId: null,
    projectRoles: session.projectRoles,
  }
}

/** Throws 403 unless the request only reads, or a page of our own origin made it. */
export function demandOwnPage(
  publicUrl: string,
  { method, fetchSite, origin }: Pick<BrowserRequest, 'method' | 'fetchSite' | 'origin'>,
): void {
  if (method === 'GET' || method === 'HEAD') return
  if (fetchSite === null ? origin === publicUrl : fetchSite === 'same-origin') return
  throw new Problem(
    'permission_denied',
    `This request did not come from the console at ${publicUrl}. Open the console at that address.`,
  )
}
