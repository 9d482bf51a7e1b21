import type { Metadata } from 'next'
import { DeadLinkPage, OneTimeLinkPage } from '#components/console/sign-in/one-time-link-page.tsx'
import { findSignInLink } from '#lib/people/use-sign-in-link.ts'
import { services } from '#lib/services.ts'

export const metadata: Metadata = { title: 'New password' }

/** Opening the link changes nothing, because mail scanners open links too. */
export default async function Page({
  searchParams,
}: {
  searchParams: Promise<{ token?: string | string[] }>
}) {
  const { token } = await searchParams
  const link = typeof token === 'string' ? await findSignInLink(services(), 'reset', token) : undefined
  return link ? (
    <OneTimeLinkPage kind="reset" token={String(token)} email={link.email} />
  ) : (
    <DeadLinkPage kind="reset" />
  )
}
