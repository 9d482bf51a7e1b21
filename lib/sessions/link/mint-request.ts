import { z } from 'zod'
import { parseMetadata, refuseMetadata } from '#lib/samples/metadata.ts'
import { isKeptNumber } from '#lib/wire/exact-json.ts'
import { NOT_TEXT, Uuid } from '#lib/wire/fields.ts'
import { LINK_SECONDS_DEFAULT, LINK_SECONDS_MAX, LINK_SECONDS_MIN } from '../limits.ts'

const AT_LEAST = `Ensure this value is greater than or equal to ${LINK_SECONDS_MIN}.`
const AT_MOST = `Ensure this value is less than or equal to ${LINK_SECONDS_MAX}.`
const NO_INTEGER = 'A valid integer is required.'

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
  .preprocess((value) => (typeof value === 'string' ? jsonOrText(value) : value), z.unknown())
  .superRefine((value, context) => {
    if (value === null || value === undefined) return
    const isObject = typeof value === 'object' && !Array.isArray(value) && !isKeptNumber(value)
    const refusal = isObject ? refuseMetadata(value) : 'Value must be a JSON object.'
    if (refusal) context.addIssue({ code: 'custom', message: refusal })
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

/** The body of `POST array-data-upload-form/`. All fields are optional; foreign ones are ignored, as Gencove does. */
export const MintRequest = z.object({
  project_id: z.preprocess((id) => (id === '' ? null : id), Uuid.nullable()).default(null),
  metadata: Metadata,
  redirect_on_success: RedirectUrl,
  redirect_on_failure: RedirectUrl,
  expires_in: ExpiresIn,
  locale: Locale,
})
export type MintRequest = z.output<typeof MintRequest>

/** The text itself where it is not JSON, to be refused like any other text. */
function jsonOrText(text: string): unknown {
  try {
    return parseMetadata(text)
  } catch {
    return text
  }
}

function isLanguageTag(tag: string): boolean {
  if (tag.length > 35) return false
  try {
    return Intl.getCanonicalLocales(tag).length === 1
  } catch {
    return false
  }
}
