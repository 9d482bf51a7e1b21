import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { connection } from 'next/server'
import { PANEL_ID } from '#components/upload/start/early-visit.ts'
import { NoScriptNotice } from '#components/upload/start/no-script-notice.tsx'
import { StartNotice } from '#components/upload/start/start-notice.tsx'
import { startScript } from '#components/upload/start/start-script.ts'
import { UploadPanel } from '#components/upload/upload-panel.tsx'
import { loadWords, pickLanguage } from '#components/upload/words/languages.ts'
import { wantedLanguages } from '#lib/wire/pick-language.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await wordsForVisitor()).title, robots: { index: false, follow: false } }
}

/** The shell of the upload page: the same for everyone but for the link's language and its sample's id, and without session data, which the page requests itself. */
export default async function ArrayDataUploadPage() {
  await connection()
  const words = await wordsForVisitor()
  const asked = await headers()
  const publicUrl = asked.get('x-public-url') ?? ''
  const nonce = await nonceOfPolicy()
  return (
    <>
      <script
        nonce={nonce}
        // biome-ignore lint/security/noDangerouslySetInnerHtml: our own constant, allowed by the policy's nonce
        dangerouslySetInnerHTML={{ __html: startScript(publicUrl, asked.get('x-link-sample') ?? '') }}
        // Browsers hide the nonce of an element that already exists.
        suppressHydrationWarning
      />
      <noscript>
        <NoScriptNotice words={words} nonce={nonce} />
      </noscript>
      <StartNotice words={words} publicUrl={publicUrl} />
      <div id={PANEL_ID} suppressHydrationWarning>
        <UploadPanel words={words} />
      </div>
    </>
  )
}

/** In the link's language, else the browser's. */
async function wordsForVisitor() {
  const asked = await headers()
  const ofLink = asked.get('x-link-locale')
  const ofBrowser = wantedLanguages(asked.get('accept-language'))
  return loadWords(pickLanguage(ofLink ? [ofLink, ...ofBrowser] : ofBrowser))
}

/** The nonce that `lib/page-security.ts` created for this response. */
const nonceOfPolicy = async (): Promise<string | undefined> =>
  /'nonce-([^']+)'/.exec((await headers()).get('content-security-policy') ?? '')?.[1]
