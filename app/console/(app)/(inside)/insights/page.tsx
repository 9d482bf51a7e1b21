import type { Metadata } from 'next'
import { InsightsPage } from '#components/console/insights/insights-page.tsx'

export const metadata: Metadata = { title: 'Insights' }

/** Insights, and the health of the service. */
export default function Page() {
  return <InsightsPage />
}
