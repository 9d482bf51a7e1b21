import type { Metadata } from 'next'
import { WebhookPage } from '#components/console/webhooks/webhook-page.tsx'

export const metadata: Metadata = { title: 'Webhook' }

/** One subscription and what it was told. Whether it is there, and for whom, the API says. */
export default async function Page({ params }: { params: Promise<{ subscriptionId: string }> }) {
  const { subscriptionId } = await params
  return <WebhookPage subscriptionId={subscriptionId} />
}
