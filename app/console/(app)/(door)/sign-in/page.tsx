import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { SignInPage } from '#components/console/sign-in/sign-in-page.tsx'
import { findSignedInPerson } from '../../../signed-in-person.ts'

export const metadata: Metadata = { title: 'Sign in' }

/** The sign-in page. A person who is signed in already is sent to the page they asked for. */
export default async function Page({
  searchParams,
}: {
  searchParams: Promise<{ next?: string | string[] }>
}) {
  const next = ownPage((await searchParams).next)
  if (await findSignedInPerson()) redirect(next)
  return <SignInPage next={next} />
}

/** A path of the console, or `/console` for anything else. */
function ownPage(next: string | string[] | undefined): string {
  return typeof next === 'string' && /^\/console(?:[/?][\x21-\x5b\x5d-\x7e]*)?$/.test(next)
    ? next
    : '/console'
}
