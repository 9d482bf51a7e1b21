import { crc32 } from 'node:zlib'

/**
 * API keys look like `<prefix>.<secret><check>`: 8 public characters to find the key by, 43 characters with 256
 * random bits, and 6 characters of checksum, so that a scanner or a typing error is told apart from a wrong key
 * without asking the database. All base62, so a double click selects each part.
 */
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const PREFIX_CHARACTERS = 8
const SECRET_CHARACTERS = 43
const CHECK_CHARACTERS = 6
const FORM = /^([0-9A-Za-z]{8})\.([0-9A-Za-z]{43})([0-9A-Za-z]{6})$/

/** A new key from the system's random numbers. */
export function generateApiKey(): { key: string; prefix: string } {
  const prefix = randomCharacters(PREFIX_CHARACTERS)
  const secret = randomCharacters(SECRET_CHARACTERS)
  return { key: `${prefix}.${secret}${checksum(prefix + secret)}`, prefix }
}

/** The public part of a well-formed key; undefined for anything else, checksum included. */
export function prefixOfApiKey(key: string): string | undefined {
  const [, prefix, secret, check] = FORM.exec(key) ?? []
  if (prefix === undefined || secret === undefined) return undefined
  return checksum(prefix + secret) === check ? prefix : undefined
}

function randomCharacters(count: number): string {
  let text = ''
  while (text.length < count) {
    for (const byte of crypto.getRandomValues(new Uint8Array(count))) {
      // 248 is the largest multiple of 62 in a byte: beyond it some characters would be likelier.
      if (byte < 248 && text.length < count) text += ALPHABET[byte % 62]
    }
  }
  return text
}

/** CRC-32 (ISO 3309) of the text, in base62. */
function checksum(text: string): string {
  let value = crc32(text)
  let digits = ''
  for (let i = 0; i < CHECK_CHARACTERS; i++) {
    digits = ALPHABET[value % 62] + digits
    value = Math.floor(value / 62)
  }
  return digits
}
