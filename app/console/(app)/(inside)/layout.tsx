import type { ReactNode } from 'react'
import { Shell } from '#components/console/frame/shell.tsx'
import { demandSomebody } from '../../who-is-there.ts'

/** Every page of the console but those at its door: whoever is not signed in goes there first. */
export default async function InsideLayout({ children }: { children: ReactNode }) {
  const { user } = await demandSomebody()
  return <Shell user={user}>{children}</Shell>
}
