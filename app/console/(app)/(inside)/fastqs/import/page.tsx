import type { Metadata } from 'next'
import { ImportPage } from '#components/console/fastqs/import-page.tsx'

export const metadata: Metadata = { title: 'Import a FASTQ map' }

/** A map of FASTQ files, from this browser. */
export default function Page() {
  return <ImportPage />
}
