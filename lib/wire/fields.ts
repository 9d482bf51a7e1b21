import { z } from 'zod'

// The sentences of Django REST framework, which callers of Gencove's API know.
export const REQUIRED = 'This field is required.'
export const NULL = 'This field may not be null.'
export const BLANK = 'This field may not be blank.'
export const NOT_TEXT = 'Not a valid string.'
export const NOT_BOOLEAN = 'Must be a valid boolean.'
export const NOT_UUID = 'Must be a valid UUID.'
export const NOT_LIST = 'Expected a list of items.'
export const NOT_DICTIONARY = 'Invalid data. Expected a dictionary.'
export const EMPTY_LIST = 'This list may not be empty.'
export const NO_NULL_CHARACTERS = 'Null characters are not allowed.'
export const TURNED = 'Characters that change the direction of text are not allowed.'
export const tooLong = (charactersMax: number) =>
  `Ensure this field has no more than ${charactersMax} characters.`
export const tooMany = (elementsMax: number) => `Ensure this field has no more than ${elementsMax} elements.`

const FLAG_WORDS = new Map([
  ['true', true],
  ['True', true],
  ['false', false],
  ['False', false],
])

/** Error of a field that is missing, null or, in the given words, of another type. */
export const missing =
  (otherwise: string = NOT_TEXT) =>
  (issue: { input?: unknown }) =>
    issue.input === undefined ? REQUIRED : issue.input === null ? NULL : otherwise

/** Whether PostgreSQL can store the text: it refuses NUL and lone surrogates. */
export const isStorable = (text: string): boolean => !text.includes('\0') && text.isWellFormed()

/** Text of any length that the database can store. */
export const storableText = (refusal: string = NOT_TEXT) =>
  z.string({ error: missing() }).refine(isStorable, refusal)

/** Storable text of at most this length; it may be empty. */
export const text = (charactersMax: number, refusal: string = NOT_TEXT) =>
  z.string({ error: missing() }).max(charactersMax, tooLong(charactersMax)).refine(isStorable, refusal)

/** True or false; in a form as text, also as Python writes it. */
export const flag = () =>
  z.preprocess(
    (given) => (typeof given === 'string' ? (FLAG_WORDS.get(given) ?? given) : given),
    z.boolean({ error: NOT_BOOLEAN }),
  )

/** A number of this schema; in a form as text of digits. */
export const numberOfForms = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess(
    (given) => (typeof given === 'string' && /^\d{1,9}$/.test(given) ? Number(given) : given),
    schema,
  )

/** Marks that turn the direction of what follows them, beyond the text that holds them. */
const TURNS_TEXT = /[\u202a-\u202e\u2066-\u2069]/g

/** The text without what would turn the words around it. */
export const withoutTurns = (text: string): string => text.replace(TURNS_TEXT, '')

/** Whether a text for people shows as what it is: nothing in it turns the words around it. */
export const isUnturned = (text: string): boolean => withoutTurns(text) === text

/** Whether people see anything of it: more than blanks, controls and characters without a shape. */
export const isVisible = (text: string): boolean =>
  /[^\p{Cc}\p{Cf}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/u.test(text)

/** Storable text that people read; it may be empty, but not only seem so. White space around it is dropped. */
export const words = (charactersMax: number) =>
  text(charactersMax)
    .trim()
    .refine(isUnturned, TURNED)
    .refine((given) => given === '' || isVisible(given), BLANK)

/** The same with something in it that can be seen. */
export const filled = (charactersMax: number) => words(charactersMax).min(1, BLANK)

/** A list of 1 to `elementsMax` different items; the same item twice counts once. */
export const listOf = <Item extends z.ZodType>(item: Item, elementsMax: number) =>
  z
    .array(item, { error: missing(NOT_LIST) })
    .min(1, EMPTY_LIST)
    .max(elementsMax, tooMany(elementsMax))
    .transform((items) => [...new Set(items)])

export const Uuid = z.uuid({ error: NOT_UUID }).toLowerCase()

/** An id with or without hyphens, as Gencove's tools send it; written as the database writes it. */
export const UuidOfTools = z
  .string({ error: missing(NOT_UUID) })
  .regex(/^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i, NOT_UUID)
  .transform((id) =>
    id
      .toLowerCase()
      .replaceAll('-', '')
      .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
  )

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Whether a text from a path can be looked up as an id: PostgreSQL refuses anything else. */
export const isUuid = (text: string): boolean => UUID.test(text)

/** Another object, by id and name. */
export const Named = z.object({ id: z.uuid(), name: z.string() })

/** `2023-06-13T17:45:55.414956Z`: microseconds, as Gencove writes times. Ours have millisecond precision. */
export const wireTime = (time: Date): string => time.toISOString().replace('Z', '000Z')

/** The first time that `wireTime` no longer writes as this one: the database keeps microseconds. */
export const pastShown = (time: Date): Date => new Date(time.getTime() + 1)

/** A time as `wireTime` writes it. */
export const WireTime = z.iso.datetime({ offset: true })

/** A time, or null where there is none. */
export const wireTimeOrNull = (time: Date | null): string | null => time && wireTime(time)
