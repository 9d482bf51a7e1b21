import type { Metadata } from 'next'
import { FastqsPage } from '#components/console/fastqs/fastqs-page.tsx'

export const metadata: Metadata = { title: 'My FASTQs' }

/** FASTQ files that were handed over by URL. */
export default function Page() {
  return <FastqsPage />
}
