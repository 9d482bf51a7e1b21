import { createHash } from 'node:crypto'
import { html, type Markup, unescaped } from '#lib/analysis/report/markup.ts'
import type { DocsPage } from './docs-page.ts'

/** What every page has around it, and the policy that allows exactly this style and this script. */
export interface Frame {
  style: string
  script: string
}

const digest = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

export const policyOf = ({ style, script }: Frame): string =>
  [
    "default-src 'none'",
    `script-src ${digest(script)}`,
    `style-src ${digest(style)}`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')

/** The whole document. The contents list every page, and the parts of this one. */
export function framePage(page: DocsPage, pages: readonly DocsPage[], { style, script }: Frame): string {
  const part = (folder: 'reference' | 'operators') =>
    pages.filter(({ path }) => path.startsWith(`/docs/${folder}/`))
  const [reference, operators] = [part('reference'), part('operators')]
  const partners = pages.filter((one) => !one.parent && !reference.includes(one) && !operators.includes(one))
  const document = html`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>${page.title} – Partner API – Arraydrop</title><link rel="icon" href="/icon.svg"><style>${unescaped(style)}</style></head><body>
<div class="layout"><nav class="contents" aria-label="Contents"><label class="filter" hidden>Find<input type="search" autocomplete="off"></label>
${list(page, partners)}<h2>Reference</h2>${list(page, reference)}<h2>For operators</h2>${list(page, operators)}<p class="none" role="status" hidden>No page has these words.</p></nav>
<main class="main"><h1>Partner API: ${page.title}</h1><p class="lead">${page.lead}</p>${page.body}</main></div>
<script>${unescaped(script)}</script></body></html>`
  return document.toString()
}

function list(current: DocsPage, pages: readonly DocsPage[]): Markup {
  const items = pages.map((page) => {
    const here = page === current
    const listed = here || page.path === current.parent
    // Parts of other pages are for the search, which shows them.
    const parts = page.anchors.map(
      ([id, words]) =>
        html`<li${!here && html` hidden`}><a href="${here ? '' : page.path}#${id}">${words}</a></li>`,
    )
    return html`<li><a href="${page.path}"${listed && html` aria-current="${here ? 'page' : 'true'}"`}>${page.title}</a>${parts.length > 0 && html`<ul class="list">${parts}</ul>`}</li>`
  })
  return html`<ul class="pages">${items}</ul>`
}
