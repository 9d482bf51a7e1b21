import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { connection } from 'next/server'
import { findPageState } from '#components/upload/preview/page-states.ts'
import { PreviewView, type Wanted } from '#components/upload/preview/preview-view.tsx'
import { loadWords, pickLanguage } from '#components/upload/words/languages.ts'
import { PSEUDO, pseudoWords } from '#components/upload/words/pseudo.ts'
import { requirePreviewAccess } from '../signed-in-person.ts'
import { PreviewIndex } from './preview-index.tsx'

export const metadata: Metadata = { title: 'Preview of the upload page', robots: { index: false } }

type Query = Wanted & { lang?: string }

/** A name that stands twice in an address counts once, as it stands first. */
const firstOfEach = (query: Record<string, string | string[] | undefined>): Query =>
  Object.fromEntries(Object.entries(query).map(([name, value]) => [name, [value].flat()[0]]))

/** Every state of the upload page in every language, with made-up data. */
export default async function PreviewPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[]>>
}) {
  await connection()
  await requirePreviewAccess()
  const { lang, ...wanted } = firstOfEach(await searchParams)
  const language = pickLanguage([lang ?? 'en'])
  if (!wanted.state) return <PreviewIndex {...wanted} language={language} />
  if (!findPageState(wanted)) notFound()
  const words = await loadWords(language)
  return <PreviewView wanted={wanted} words={lang === PSEUDO ? pseudoWords(words) : words} />
}
