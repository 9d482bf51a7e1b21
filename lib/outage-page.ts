import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'

/** What people see, in their browser's language, while no page can be shown. It tries again by itself. */
export interface OutagePage {
  type: string
  body: Buffer
  headers: Record<string, string>
}

/** Reads the page once, at start. It needs nothing else: the database and Next may both be away. */
export function readOutagePage(): OutagePage {
  const html = readFileSync(path.join(import.meta.dirname, 'outage.html'), 'utf8')
  const allow = (element: string) => {
    const [, text] = new RegExp(`<${element}>([^]*?)</${element}>`).exec(html)!
    return `${element}-src 'sha256-${createHash('sha256').update(text!).digest('base64')}'`
  }
  // Frames of partners show it, too. It has nothing to click.
  const policy = [
    "default-src 'none'",
    allow('script'),
    allow('style'),
    "base-uri 'none'",
    "form-action 'none'",
  ]
  return {
    type: 'text/html; charset=utf-8',
    body: Buffer.from(html),
    headers: {
      'Content-Security-Policy': policy.join('; '),
      'Referrer-Policy': 'no-referrer',
      'X-Robots-Tag': 'noindex, nofollow',
      'Cross-Origin-Embedder-Policy': 'require-corp',
      'Cross-Origin-Resource-Policy': 'cross-origin',
    },
  }
}
