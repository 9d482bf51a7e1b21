/** Where a page of a list begins: how many rows are before it and, far into the list, the place the API gave. */
export interface PagePlace {
  offset: number
  after: string
}

export const FIRST_PAGE: PagePlace = { offset: 0, after: '' }

/** The largest offset that the API takes. */
const OFFSET_MAX = 10_000

/** The page after this one; `next` is what the API says of it. */
export function placeOfNext({ offset }: PagePlace, limit: number, next: string | null): PagePlace {
  const further = offset + limit
  if (further <= OFFSET_MAX) return { offset: further, after: '' }
  const after = next === null ? null : new URL(next).searchParams.get('after')
  return after === null ? FIRST_PAGE : { offset: further, after }
}

/** What to ask the API for this page. */
export const askFor = ({ offset, after }: PagePlace): { offset?: number; after?: string } =>
  after === '' ? { offset } : { after }

/** As it stands in the page's own address. */
export const writePagePlace = ({ offset, after }: PagePlace): string =>
  offset === 0 ? '' : after === '' ? String(offset) : `${offset}.${after}`

/** What `writePagePlace` wrote; anything else is the first page. */
export function readPagePlace(text: string, limit: number): PagePlace {
  const [digits = '', after = ''] = text.split('.')
  const offset = Math.floor(Number(digits) / limit) * limit
  if (!Number.isSafeInteger(offset) || offset <= 0) return FIRST_PAGE
  return offset > OFFSET_MAX && after === '' ? FIRST_PAGE : { offset, after }
}
