/** Where a page of a list begins: how many rows are before it and, far into the list, the place the API gave. */
export interface PagePlace {
  offset: number
  after: string
}

export const FIRST_PAGE: PagePlace = { offset: 0, after: '' }

/** A place that no list has, which the API refuses: the address of the page names none. */
export const NO_PAGE: PagePlace = { offset: 0, after: 'none' }

/** The largest offset that the API takes. */
const OFFSET_MAX = 10_000

/** The page after this one, as the API says in `next`: behind a place where offsets end, and after a page that was not full. */
export function placeOfNext(place: PagePlace, limit: number, next: string | null): PagePlace {
  if (next === null) return FIRST_PAGE
  const { searchParams } = new URL(next)
  const offset = Number(searchParams.get('offset') ?? 0)
  const after = searchParams.get('after') ?? ''
  const counted = offset <= OFFSET_MAX && offset % limit === 0 && offset > place.offset
  return counted || after === '' ? { offset, after: '' } : { offset, after }
}

interface PageShown {
  meta: { count: number; next: string | null; more?: boolean }
  /** Rows on this page, and on a full one. */
  rows: number
  limit: number
  place: PagePlace
}

/** Whether pages have numbers: all rows are counted, and each page before this one, and this one itself, is full or the last. */
export const isNumbered = ({ meta, rows, limit, place }: PageShown): boolean =>
  !meta.more &&
  rows > 0 &&
  place.after === '' &&
  place.offset % limit === 0 &&
  (rows >= limit || meta.next === null)

/** What to ask the API for this page. */
export const askFor = ({ offset, after }: PagePlace): { offset?: number; after?: string } =>
  after === '' ? { offset } : { after }

/** As it stands in the page's own address. */
export const writePagePlace = ({ offset, after }: PagePlace): string =>
  after !== '' ? `${offset}.${after}` : offset === 0 ? '' : String(offset)

/**
 * What `writePagePlace` wrote, and the first page where nothing stands. Anything else, and what is too deep to be counted to, leads
 * to no place, which the API refuses, and never to rows that the address does not name.
 */
export function readPagePlace(text: string): PagePlace {
  if (text === '') return FIRST_PAGE
  const [digits = '', ...others] = text.split('.')
  const after = others.join('.')
  const offset = Number(digits)
  const isPlace =
    /^\d+$/.test(digits) &&
    (after === '' ? offset <= OFFSET_MAX && others.length === 0 : Number.isSafeInteger(offset))
  return isPlace ? { offset, after } : NO_PAGE
}
