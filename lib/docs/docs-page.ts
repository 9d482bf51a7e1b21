import type { Markup } from '#lib/analysis/report/markup.ts'

/** One page of the documentation, before it has its frame. */
export interface DocsPage {
  path: string
  /** The page above it: only that one lists it, and not the contents. */
  parent?: string
  title: string
  lead: Markup
  body: Markup
  /** What the search finds this page by, besides the words on it. */
  names?: readonly string[]
  /** What the contents list below its title: names of anchors and their words. */
  anchors: [id: string, words: string][]
}
