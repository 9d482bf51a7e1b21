import { z } from 'zod'
import {
  LINK_SECONDS_DEFAULT,
  LINK_SECONDS_MAX,
  LINK_SECONDS_MIN,
  METADATA_BYTES_MAX,
  METADATA_DEPTH_MAX,
} from './limits.ts'
import { nestsDeeper } from './nests-deeper.ts'

const AT_LEAST = `Ensure this value is greater than or equal to ${LINK_SECONDS_MIN}.`
const AT_MOST = `Ensure this value is less than or equal to ${LINK_SECONDS_MAX}.`
const NO_INTEGER = 'A valid integer is required.'
const NOT_TEXT = 'Not a valid string.'
const UNSTORABLE = 'Null characters and lone surrogates are not allowed.'

/** Text that every part of the system can keep: PostgreSQL refuses NUL and lone surrogates. */
export const storable = (text: string): boolean => !text.includes('\0') && text.isWellFormed()

/** Form bodies carry numbers as text, so `"600"` means 600, as it does to Django. */
const ExpiresIn = z
  .union(
    [
      z.number(),
      z
        .string()
        .regex(/^\s*[+-]?\d{1,15}\s*$/)
        .transform(Number),
    ],
    { error: NO_INTEGER },
  )
  .pipe(z.int({ error: NO_INTEGER }).min(LINK_SECONDS_MIN, AT_LEAST).max(LINK_SECONDS_MAX, AT_MOST))
  .default(LINK_SECONDS_DEFAULT)

/** A JSON object; in a form body its text. */
const Metadata = z
  .preprocess((value) => (typeof value === 'string' ? parseOrKeep(value) : value), z.unknown())
  .superRefine((value, context) => {
    const refuse = (message: string) => context.addIssue({ code: 'custom', message })
    if (value === null || value === undefined) return
    if (typeof value !== 'object' || Array.isArray(value)) return refuse('Value must be a JSON object.')
    // First of all: what comes after it goes down as far as the value does.
    if (nestsDeeper(value, METADATA_DEPTH_MAX)) {
      return refuse(`Ensure this value is nested at most ${METADATA_DEPTH_MAX} levels deep.`)
    }
    const text = JSON.stringify(value)
    if (new TextEncoder().encode(text).length > METADATA_BYTES_MAX) {
      return refuse(`Ensure this value is at most ${METADATA_BYTES_MAX} bytes of JSON.`)
    }
    if (!everyString(value, storable)) refuse(UNSTORABLE)
  })
  .transform((value) => (value ?? null) as Record<string, unknown> | null)
  .default(null)

const Locale = z
  .string({ error: NOT_TEXT })
  .refine((tag) => tag === '' || isLanguageTag(tag), 'Enter a language tag, such as "de" or "pt-BR".')
  .transform((tag) => tag || null)
  .nullable()
  .default(null)

/** Shape only: which URLs a project allows is known once the project is. */
const RedirectUrl = z.string({ error: NOT_TEXT }).default('')

/** The body of `POST array-data-upload-form/`. All fields are optional; unknown ones are ignored, as Gencove does. */
export const MintRequest = z.object({
  project_id: z
    .preprocess(
      (id) => (id === '' ? null : id),
      z.uuid({ error: 'Must be a valid UUID.' }).toLowerCase().nullable(),
    )
    .default(null),
  metadata: Metadata,
  redirect_on_success: RedirectUrl,
  redirect_on_failure: RedirectUrl,
  expires_in: ExpiresIn,
  locale: Locale,
})
export type MintRequest = z.output<typeof MintRequest>

function parseOrKeep(text: string): unknown {
  if (text.trim() === '') return null
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function everyString(value: unknown, holds: (text: string) => boolean): boolean {
  if (typeof value === 'string') return holds(value)
  if (typeof value !== 'object' || value === null) return true
  return Object.entries(value).every(([key, inner]) => holds(key) && everyString(inner, holds))
}

function isLanguageTag(tag: string): boolean {
  if (tag.length > 35) return false
  try {
    return Intl.getCanonicalLocales(tag).length === 1
  } catch {
    return false
  }
}
