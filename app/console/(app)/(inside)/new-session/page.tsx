import type { Metadata } from 'next'
import { NewSessionPage } from '#components/console/sessions/new-session-page.tsx'

export const metadata: Metadata = { title: 'New upload session' }

/** A link for one person, made by hand. */
export default function Page() {
  return <NewSessionPage />
}
