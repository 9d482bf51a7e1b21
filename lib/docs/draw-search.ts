import type { DocsPage } from './docs-page.ts'

export const SEARCH_PATH = '/docs/search.json'

/** What the search looks through: each page of the contents by its path, with every word that is on it, once. */
export function drawSearch(pages: readonly DocsPage[]): string {
  const listed = pages.filter(({ parent }) => !parent)
  return JSON.stringify(Object.fromEntries(listed.map((page) => [page.path, wordsOn(page)])))
}

function wordsOn({ lead, body, names = [] }: DocsPage): string {
  const text = `${names.join(' ')} ${lead} ${body}`
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/&[#\w]+;/g, ' ')
    .toLowerCase()
  return [...new Set(text.match(/[\p{L}\d][\p{L}\d_./-]*[\p{L}\d]/gu))].join(' ')
}
