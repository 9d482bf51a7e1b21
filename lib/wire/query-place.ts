import { z } from 'zod'

/**
 * Where a page of a list begins: behind the row with this value in the column that the list is sorted by, and this id.
 * Reading on from there costs the same however far into the list it is, and neither repeats nor skips a row.
 */
export interface ListPlace {
  sort: string
  value: string
  id: string
  /** Rows before it when it was written, for clients that know offsets alone. */
  offset?: number | undefined
}

/** Whether the value of a place can be a time: microseconds since 1970, as far as PostgreSQL keeps them. */
export const isMicroseconds = (value: string): boolean => /^\d{1,16}$/.test(value)

const Fields = z.tuple([z.string().max(64), z.string().max(2_048), z.uuid(), z.int().min(1).optional()])
const CHARACTERS_MAX = 8_192
const NOT_PLACE = 'Use the address in `next` of the page before.'

/** As it stands in an address: opaque to clients. */
export const writePlace = ({ sort, value, id, offset }: ListPlace): string =>
  Buffer.from(JSON.stringify([sort, value, id, ...(offset ? [offset] : [])])).toString('base64url')

/** What `writePlace` wrote. Refuses anything else. */
export const QueryPlace = z
  .string()
  .max(CHARACTERS_MAX, NOT_PLACE)
  .transform((text, context): ListPlace => {
    try {
      const fields = Fields.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')))
      const [sort, value, id, offset] = fields
      const place = { sort, value, id, offset }
      // Base64 that is a little longer may be read as the same bytes.
      if (!value.includes('\0') && writePlace(place) === text) return place
    } catch {}
    context.addIssue({ code: 'custom', message: NOT_PLACE })
    return z.NEVER
  })
