import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import tokens from './tokens.module.css'
// Everything the upload page and its neighbours look like, in one sheet: a second one would cost a phone another wait.
import './plain-page.module.css'
import '#components/ui/button.module.css'
import '#components/ui/disclosure.module.css'
import '#components/ui/icon.module.css'
import '#components/ui/notice.module.css'
import '#components/ui/progress-bar.module.css'
import '#components/upload/picking/file-picker.module.css'
import '#components/upload/stages/stages.module.css'
import '#components/upload/upload-view.module.css'

export const metadata: Metadata = {
  title: 'Arraydrop',
  referrer: 'no-referrer',
  formatDetection: { telephone: false, email: false, address: false },
}

export const viewport: Viewport = { width: 'device-width', initialScale: 1 }

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" className={tokens.root}>
      <head>
        {/* Not by `viewport`: that is made anew with each page, and the browser then styles the whole document again, twice. */}
        <meta name="color-scheme" content="light dark" />
      </head>
      <body>{children}</body>
    </html>
  )
}
