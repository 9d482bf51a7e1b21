import type { ReactNode } from 'react'
import { PlainHttpNotice } from '#components/console/frame/plain-http-notice.tsx'
import { Shell } from '#components/console/frame/shell.tsx'
import { services } from '#lib/services.ts'
import { requireSignIn } from '../../signed-in-person.ts'

/** Every page that needs a sign-in: anyone else is sent to the sign-in page first. */
export default async function InsideLayout({ children }: { children: ReactNode }) {
  const { user } = await requireSignIn()
  return (
    <Shell user={user}>
      {services().env.plainHttp && <PlainHttpNotice />}
      {children}
    </Shell>
  )
}
