import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import './tokens.css'

export const metadata: Metadata = {
  title: 'Arraydrop',
  referrer: 'no-referrer',
  formatDetection: { telephone: false, email: false, address: false },
}

export const viewport: Viewport = { width: 'device-width', initialScale: 1, colorScheme: 'light dark' }

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  )
}
