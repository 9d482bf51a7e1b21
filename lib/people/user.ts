import { z } from 'zod'
import { missing, text } from '#lib/wire/fields.ts'

export const EMAIL_CHARACTERS_MAX = 254
export const PASSWORD_CHARACTERS_MIN = 12
/** Longer ones only make hashing slow. */
export const PASSWORD_CHARACTERS_MAX = 256

/** An address as it is stored and compared: in lower case. */
export const Email = z
  .string({ error: missing() })
  .trim()
  .toLowerCase()
  .pipe(z.email('Enter a valid email address.').max(EMAIL_CHARACTERS_MAX))

export const NewPassword = text(PASSWORD_CHARACTERS_MAX).min(
  PASSWORD_CHARACTERS_MIN,
  `Ensure this field has at least ${PASSWORD_CHARACTERS_MIN} characters.`,
)
