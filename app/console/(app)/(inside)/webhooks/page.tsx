import type { Metadata } from 'next'
import { WebhooksPage } from '#components/console/webhooks/webhooks-page.tsx'

export const metadata: Metadata = { title: 'Webhooks' }

/** Who is told of what happens in a project. */
export default function Page() {
  return <WebhooksPage />
}
