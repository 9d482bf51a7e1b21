import { isKeptNumber, parseExactly } from '#lib/wire/exact-json.ts'
import { exceedsDepth, textExceedsDepth } from '#lib/wire/exceeds-depth.ts'
import { isStorable } from '#lib/wire/fields.ts'

/** Bytes of JSON and levels of nesting that the metadata of a sample may have. */
export const METADATA_BYTES_MAX = 16_384
export const METADATA_DEPTH_MAX = 8

/** Longest number: PostgreSQL writes `1e1000` with all its digits, and keeps far longer ones. */
const DIGITS_MAX = 1_000
const ZERO_EXPONENT_MAX = 1_000_000
const TOO_LONG = `this number has more than ${DIGITS_MAX} digits: give it as text.`
const NOT_STORABLE = 'Null characters and lone surrogates are not allowed.'

/** Metadata as a form carries it: the JSON that a text is; null, if it is empty. Throws a `SyntaxError` if it is none. */
export function parseMetadata(text: string): unknown {
  if (text.trim() === '') return null
  // What is nested too deep is refused as it is: parsing it exactly would overflow the stack.
  return textExceedsDepth(text, METADATA_DEPTH_MAX) ? JSON.parse(text) : parseExactly(text)
}

/** Why a JSON value cannot be a sample's metadata, in words; undefined when it can. */
export function refuseMetadata(value: unknown): string | undefined {
  // First of all: what comes after it goes down as far as the value does.
  if (exceedsDepth(value, METADATA_DEPTH_MAX)) {
    return `Ensure this value is nested at most ${METADATA_DEPTH_MAX} levels deep.`
  }
  const bytes = new TextEncoder().encode(JSON.stringify(value)).length + paddingOf(value)
  if (bytes > METADATA_BYTES_MAX) return `Ensure this value is at most ${METADATA_BYTES_MAX} bytes of JSON.`
  return refuseLeaf(value, '')
}

/** Why something in it cannot be stored as it is, with its place; undefined when all of it can. */
function refuseLeaf(value: unknown, at: string): string | undefined {
  const place = at === '' ? '' : `${at}: `
  if (typeof value === 'string') return isStorable(value) ? undefined : `${place}${NOT_STORABLE}`
  if (isKeptNumber(value)) return digitsOf(value.rawJSON) > DIGITS_MAX ? `${place}${TOO_LONG}` : undefined
  if (typeof value !== 'object' || value === null) return undefined
  for (const [key, inner] of Object.entries(value)) {
    if (!isStorable(key)) return `${place}${NOT_STORABLE}`
    const inside = Array.isArray(value) ? `${at}[${key}]` : at === '' ? key : `${at}.${key}`
    const refusal = refuseLeaf(inner, inside)
    if (refusal) return refusal
  }
  return undefined
}

/** Digits of a number as the database writes it, without an exponent; an upper bound, which what it writes has as well. */
function digitsOf(text: string): number {
  const [written = '', exponent = '0'] = text.toLowerCase().split('e')
  const mantissa = written.replace(/[-.]/g, '')
  // Zero stays zero, if the exponent is one that PostgreSQL reads.
  if (!/[1-9]/.test(mantissa) && Number(exponent) >= 0 && Number(exponent) < ZERO_EXPONENT_MAX)
    return mantissa.length
  return mantissa.length + Math.abs(Number(exponent))
}

/** Bytes that writing the numbers out adds. */
function paddingOf(value: unknown): number {
  // `1e+300` is a plain number, because JavaScript writes it in the same way; the database does not.
  const number = isKeptNumber(value) ? value.rawJSON : typeof value === 'number' ? String(value) : undefined
  // Two more: the database may add a zero and a point.
  if (number !== undefined)
    return /e/i.test(number) ? Math.min(digitsOf(number) + 2 - number.length, DIGITS_MAX) : 0
  if (typeof value !== 'object' || value === null) return 0
  return Object.values(value).reduce((sum: number, inner) => sum + Math.max(0, paddingOf(inner)), 0)
}
