import type { Metadata } from 'next'
import { NewSessionPage } from '#components/console/sessions/new-session-page.tsx'

export const metadata: Metadata = { title: 'New upload session' }

/** Creates a link for one person by hand. */
export default function Page() {
  return <NewSessionPage />
}
