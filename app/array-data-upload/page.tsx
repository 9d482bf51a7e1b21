import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { connection } from 'next/server'
import { UploadPanel } from '#components/upload/upload-panel.tsx'
import { loadWords, pickLanguage, wantedLanguages } from '#components/upload/words/languages.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await wordsForVisitor()).title, robots: { index: false, follow: false } }
}

/** The shell of the upload page: the same for everybody, nothing of the session in it. The page itself asks. */
export default async function ArrayDataUploadPage() {
  await connection()
  const words = await wordsForVisitor()
  return (
    <>
      <noscript>{words.noScript}</noscript>
      <UploadPanel words={words} />
    </>
  )
}

const wordsForVisitor = async () =>
  loadWords(pickLanguage(wantedLanguages((await headers()).get('accept-language'))))
