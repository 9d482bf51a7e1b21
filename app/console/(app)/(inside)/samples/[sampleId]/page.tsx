import type { Metadata } from 'next'
import { SamplePage } from '#components/console/samples/sample-page.tsx'

// No id in the title: it would stand in the history of the browser beside the address, for no use.
export const metadata: Metadata = { title: 'Sample' }

/** One sample. Whether it is there, and for whom, the API says. */
export default async function Page({ params }: { params: Promise<{ sampleId: string }> }) {
  const { sampleId } = await params
  return <SamplePage sampleId={sampleId} />
}
