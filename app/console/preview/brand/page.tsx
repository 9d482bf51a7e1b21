import type { Metadata } from 'next'
import { connection } from 'next/server'
import { BrandPreview } from '#components/upload/preview/brand-preview.tsx'
import { loadWords } from '#components/upload/words/languages.ts'
import { requirePreviewAccess } from '../../signed-in-person.ts'

export const metadata: Metadata = { title: 'Preview of a brand', robots: { index: false } }

/** The upload page in a brand that is being chosen. The console, which frames it, says which. */
export default async function BrandPreviewPage() {
  await connection()
  await requirePreviewAccess()
  return <BrandPreview words={await loadWords('en')} />
}
