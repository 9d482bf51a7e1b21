import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import type { Caller } from '#lib/access/caller.ts'
import { authenticateSession } from '#lib/people/authenticate.ts'
import { showUser } from '#lib/people/show-user.ts'
import type { WireUser } from '#lib/people/wire.ts'
import { services } from '#lib/services.ts'

/** The person who requests this page, by their cookie; undefined when nobody is signed in. Looked up once per request. */
export const findSignedInPerson = cache(async (): Promise<{ caller: Caller; user: WireUser } | undefined> => {
  const asked = await headers()
  const browser = { method: 'GET', cookie: asked.get('cookie'), fetchSite: null, origin: null, shownTo: null }
  const caller = await authenticateSession(services(), browser)
  return caller && { caller, user: await showUser(services(), caller) }
})

/** The same, or a redirect to the sign-in page, which leads back here. */
export async function requireSignIn(): Promise<{ caller: Caller; user: WireUser }> {
  const there = await findSignedInPerson()
  if (there) return there
  const path = (await headers()).get('x-asked-for')
  redirect(path ? `/console/sign-in?next=${encodeURIComponent(path)}` : '/console/sign-in')
}

/** The nonce of this document's policy. */
export async function documentNonce(): Promise<string> {
  const policy = (await headers()).get('content-security-policy') ?? ''
  return /'nonce-([^']+)'/.exec(policy)?.[1] ?? ''
}

/** The preview is open to people at this machine, and to everyone who is signed in. */
export async function requirePreviewAccess(): Promise<void> {
  if (!services().env.loopback) await requireSignIn()
}
