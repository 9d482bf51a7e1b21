import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { connection } from 'next/server'
import { findPageState } from '#components/upload/page-states.ts'
import { PreviewView } from '#components/upload/preview-view.tsx'
import { loadWords, pickLanguage } from '#components/upload/words/languages.ts'
import { services } from '#lib/services.ts'
import { PreviewIndex } from './preview-index.tsx'

export const metadata: Metadata = { title: 'Preview of the upload page', robots: { index: false } }

type Query = Partial<Record<'state' | 'reason' | 'detail' | 'variant' | 'dir' | 'lang', string>>

/** Every state of the upload page with made-up data. For development: until operators sign in, loopback only. */
export default async function PreviewPage({ searchParams }: { searchParams: Promise<Query> }) {
  await connection()
  if (!services().env.loopback) notFound()
  const { dir, lang, ...wanted } = await searchParams
  if (!wanted.state) return <PreviewIndex />
  if (!findPageState(wanted)) notFound()
  const words = await loadWords(pickLanguage([lang ?? 'en']))
  const direction = dir === 'rtl' || dir === 'ltr' ? dir : undefined
  return <PreviewView wanted={wanted} words={words} direction={direction} />
}
