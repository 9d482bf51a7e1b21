import type { Metadata } from 'next'
import { LinkOver } from '#components/console/door/link-over.tsx'
import { LinkPage } from '#components/console/door/link-page.tsx'
import { readSignInLink } from '#lib/people/read-sign-in-link.ts'
import { services } from '#lib/services.ts'

export const metadata: Metadata = { title: 'New password' }

/** Opening the link changes nothing: programs that look at mail open links, too. */
export default async function Page({
  searchParams,
}: {
  searchParams: Promise<{ token?: string | string[] }>
}) {
  const { token } = await searchParams
  const link = typeof token === 'string' ? await readSignInLink(services(), 'reset', token) : undefined
  return link ? <LinkPage kind="reset" token={String(token)} email={link.email} /> : <LinkOver />
}
