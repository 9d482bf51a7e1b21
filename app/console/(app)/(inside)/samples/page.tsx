import type { Metadata } from 'next'
import { SamplesPage } from '#components/console/samples/samples-page.tsx'

export const metadata: Metadata = { title: 'Samples' }

/** The table of all samples. */
export default function Page() {
  return <SamplesPage />
}
