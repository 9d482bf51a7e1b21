import type { Metadata } from 'next'
import { InsightsPage } from '#components/console/insights/insights-page.tsx'

export const metadata: Metadata = { title: 'Insights' }

/** How far people come, and whether the service is well. */
export default function Page() {
  return <InsightsPage />
}
