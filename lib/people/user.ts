import { z } from 'zod'

export const EMAIL_CHARACTERS_MAX = 254
export const PASSWORD_CHARACTERS_MIN = 12
/** Longer ones only make hashing dear. */
export const PASSWORD_CHARACTERS_MAX = 256

/** An address as it is kept and compared: in lower case. */
export const Email = z
  .string()
  .trim()
  .toLowerCase()
  .pipe(z.email('Enter a valid email address.').max(EMAIL_CHARACTERS_MAX))

export const NewPassword = z
  .string()
  .min(PASSWORD_CHARACTERS_MIN, `Ensure this field has at least ${PASSWORD_CHARACTERS_MIN} characters.`)
  .max(PASSWORD_CHARACTERS_MAX, `Ensure this field has no more than ${PASSWORD_CHARACTERS_MAX} characters.`)
