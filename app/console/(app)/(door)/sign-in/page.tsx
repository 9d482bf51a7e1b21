import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { SignInPage } from '#components/console/door/sign-in-page.tsx'
import { whoIsThere } from '../../../who-is-there.ts'

export const metadata: Metadata = { title: 'Sign in' }

/** The door. Whoever is signed in already goes on. */
export default async function Page({
  searchParams,
}: {
  searchParams: Promise<{ next?: string | string[] }>
}) {
  const next = ownPage((await searchParams).next)
  if (await whoIsThere()) redirect(next)
  return <SignInPage next={next} />
}

/** A page of the console and nothing else, however it is spelled. */
function ownPage(next: string | string[] | undefined): string {
  return typeof next === 'string' && /^\/console(?:[/?][\x21-\x5b\x5d-\x7e]*)?$/.test(next)
    ? next
    : '/console'
}
