import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { connection } from 'next/server'
import { EARLY_DROP_SCRIPT } from '#components/upload/picking/early-drop.ts'
import { UploadPanel } from '#components/upload/upload-panel.tsx'
import { loadWords, pickLanguage, wantedLanguages } from '#components/upload/words/languages.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await wordsForVisitor()).title, robots: { index: false, follow: false } }
}

/** The shell of the upload page: the same for everyone and without session data, which the page requests itself. */
export default async function ArrayDataUploadPage() {
  await connection()
  const words = await wordsForVisitor()
  return (
    <>
      <script
        nonce={await nonceOfPolicy()}
        // biome-ignore lint/security/noDangerouslySetInnerHtml: our own constant, allowed by the policy's nonce
        dangerouslySetInnerHTML={{ __html: EARLY_DROP_SCRIPT }}
        // Browsers hide the nonce of an element that already exists.
        suppressHydrationWarning
      />
      <noscript>{words.noScript}</noscript>
      <UploadPanel words={words} />
    </>
  )
}

const wordsForVisitor = async () =>
  loadWords(pickLanguage(wantedLanguages((await headers()).get('accept-language'))))

/** The nonce that `lib/page-security.ts` created for this response. */
const nonceOfPolicy = async (): Promise<string | undefined> =>
  /'nonce-([^']+)'/.exec((await headers()).get('content-security-policy') ?? '')?.[1]
