/** Longer ids are handed on as none: those who write rows keep no more room for one. */
const ID_BYTES_MAX = 64

/** Quotes, and what separates the parts of a list. */
const SPECIAL = new Set(Array.from('"\',;', (letter) => letter.charCodeAt(0)))

/** Whether an id can stand in a VCF, in PLINK's files and in a table as it is: bounded, printable ASCII without blanks. */
export function isPlainId(bytes: Uint8Array, start: number, end: number): boolean {
  if (end === start || end - start > ID_BYTES_MAX) return false
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!
    if (byte <= 0x20 || byte >= 0x7f || SPECIAL.has(byte)) return false
  }
  return true
}
