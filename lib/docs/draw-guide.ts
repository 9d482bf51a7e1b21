import path from 'node:path'
import { Marked, Parser, type Tokens } from 'marked'
import { html, unescaped } from '#lib/analysis/report/markup.ts'
import type { DocsPage } from './docs-page.ts'
import { GUIDES, type Guide } from './guides.ts'

/**
 * Draws a document as a page of `/docs`. Its first heading is left out, and its first paragraph leads. Links lead to the
 * pages of other documents; a link to a document that is no page is left as words. HTML in a document is shown, not used.
 * Throws when it begins otherwise.
 */
export function drawGuide(guide: Guide, text: string): DocsPage {
  const anchors: DocsPage['anchors'] = []
  const idOf = countingSlugs()
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth }: Tokens.Heading) {
        const words = this.parser.parseInline(tokens, this.parser.textRenderer)
        const id = idOf(words)
        if (depth === 2) anchors.push([id, words])
        return `<h${depth} id="${id}">${this.parser.parseInline(tokens)}</h${depth}>\n`
      },
      code: ({ text }: Tokens.Code) => `${html`<pre class="code"><code>${text}</code></pre>`}\n`,
      html: ({ text }: Tokens.HTML | Tokens.Tag) => html`${text}`.toString(),
      image: ({ text }: Tokens.Image) => html`${text}`.toString(),
      link({ href, tokens }: Tokens.Link) {
        const words = this.parser.parseInline(tokens)
        const { to, title } = targetOf(href, guide)
        if (!to) return words
        // A file's name says nothing where there are no files.
        return html`<a href="${to}">${title && words.endsWith('.md') ? title : unescaped(words)}</a>`.toString()
      },
    },
  })
  const [, lead, ...rest] = marked.lexer(text).filter(({ type }) => type !== 'space')
  if (lead?.type !== 'paragraph')
    throw new Error(`${guide.file} does not begin with a heading and a paragraph`)
  const inline = new Parser(marked.defaults).parseInline(lead.tokens ?? [])
  return {
    path: guide.path,
    title: guide.title,
    lead: unescaped(inline),
    body: html`<article class="guide">${unescaped(marked.parser(rest))}</article>`,
    anchors,
  }
}

/** Ids as the usual forges make them, so that a link to a part works there and here. */
function countingSlugs(): (words: string) => string {
  const seen = new Map<string, number>()
  return (words) => {
    const slug = words
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-')
    const times = seen.get(slug) ?? 0
    seen.set(slug, times + 1)
    return times === 0 ? slug : `${slug}-${times}`
  }
}

/** Where a link of a document leads within `/docs`, and the title of that page; nothing when there is no such page. */
function targetOf(href: string, { file }: Guide): { to?: string; title?: string } {
  if (/^https?:/.test(href) || href.startsWith('#')) return { to: href }
  const [name = '', part] = href.split('#')
  const wanted = path.posix.join(path.posix.dirname(file), name)
  if (wanted === 'docs/outcomes.md') return { to: '/docs/outcomes', title: 'Outcomes' }
  const page = GUIDES.find((guide) => guide.file === wanted)
  return page ? { to: part ? `${page.path}#${part}` : page.path, title: page.title } : {}
}
