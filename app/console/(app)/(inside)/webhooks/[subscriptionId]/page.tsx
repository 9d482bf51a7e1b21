import type { Metadata } from 'next'
import { WebhookPage } from '#components/console/webhooks/webhook-page.tsx'

export const metadata: Metadata = { title: 'Webhook' }

/** One webhook. The API decides whether it exists for this person. */
export default async function Page({ params }: { params: Promise<{ subscriptionId: string }> }) {
  const { subscriptionId } = await params
  return <WebhookPage subscriptionId={subscriptionId} />
}
