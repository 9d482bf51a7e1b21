import type { Metadata } from 'next'
import { KeysPage } from '#components/console/keys/keys-page.tsx'

export const metadata: Metadata = { title: 'API keys' }

/** Every API key that the person can see. */
export default function Page() {
  return <KeysPage />
}
