import type { Metadata } from 'next'
import { SamplePage } from '#components/console/samples/sample-page.tsx'

// No id in the title: the browser's history has it in the address already.
export const metadata: Metadata = { title: 'Sample' }

/** One sample. The API decides whether it exists for this person. */
export default async function Page({ params }: { params: Promise<{ sampleId: string }> }) {
  const { sampleId } = await params
  return <SamplePage sampleId={sampleId} />
}
