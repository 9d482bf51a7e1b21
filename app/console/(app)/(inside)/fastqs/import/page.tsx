import type { Metadata } from 'next'
import { ImportPage } from '#components/console/fastqs/import-page.tsx'

export const metadata: Metadata = { title: 'Import a FASTQ map' }

/** Imports a map of FASTQ files. */
export default function Page() {
  return <ImportPage />
}
