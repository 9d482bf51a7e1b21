import '@mantine/core/styles.css'
import '@mantine/charts/styles.css'
import '@mantine/notifications/styles.css'
import '@mantine/spotlight/styles.css'
import './console.css'
import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { ConsoleProviders } from '#components/console/frame/providers.tsx'
import { documentNonce } from '../signed-in-person.ts'

export const metadata: Metadata = {
  title: { default: 'Arraydrop console', template: '%s · Arraydrop console' },
  robots: { index: false },
}

/** Loads the console's theme. Only here, so that the upload page stays light. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  return <ConsoleProviders nonce={await documentNonce()}>{children}</ConsoleProviders>
}
