import type { Metadata } from 'next'
import { FastqsPage } from '#components/console/fastqs/fastqs-page.tsx'

export const metadata: Metadata = { title: 'My FASTQs' }

/** FASTQ files added by URL. */
export default function Page() {
  return <FastqsPage />
}
