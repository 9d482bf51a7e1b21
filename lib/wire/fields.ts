import { z } from 'zod'

export const REQUIRED = 'This field is required.'
export const NULL = 'This field may not be null.'
export const BLANK = 'This field may not be blank.'
export const NOT_TEXT = 'Not a valid string.'

/** Words as Gencove's framework has them, for a field that is missing, null or of another type. */
export const missing = (issue: { input?: unknown }) =>
  issue.input === undefined ? REQUIRED : issue.input === null ? NULL : NOT_TEXT

/** Neither NUL nor half a surrogate pair: the database takes no such text. */
export const text = (charactersMax: number) =>
  z
    .string({ error: missing })
    .max(charactersMax, `Ensure this field has no more than ${charactersMax} characters.`)
    .refine((value) => !value.includes('\0') && value.isWellFormed(), NOT_TEXT)

export const filled = (charactersMax: number) => text(charactersMax).trim().min(1, BLANK)
export const Uuid = z.uuid({ error: 'Must be a valid UUID.' }).toLowerCase()

/** Something else, by id and name. */
export const Named = z.object({ id: z.uuid(), name: z.string() })

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Whether a text from a path can be asked for as an id at all: PostgreSQL refuses anything else. */
export const isUuid = (text: string): boolean => UUID.test(text)

/** `2023-06-13T17:45:55.414956Z`: microseconds, as Gencove writes times. Ours are kept to the millisecond. */
export const wireTime = (time: Date): string => time.toISOString().replace('Z', '000Z')
