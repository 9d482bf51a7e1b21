/** Code points, as the partner API counts them. */
export const CLIENT_ID_CHARACTERS_MAX = 250

/** Controls, invisible and direction marks, lone surrogates, private use, separators of lines. */
const NOT_PRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/u

/**
 * Why a sample cannot be called this, in words; undefined when it can. The name becomes part of a destination, of which
 * pairs are made again at `_`, and of folders where partners download to.
 */
export function refuseClientId(clientId: string): string | undefined {
  if (clientId === '') return 'The client id is empty'
  if (clientId.trim() !== clientId) return 'Blanks are not allowed at the ends of a client id'
  if (clientId.includes('_')) return 'Underscore is not allowed in client id'
  if (/[/\\]/.test(clientId)) return 'A slash is not allowed in a client id'
  if (clientId === '.' || clientId === '..') return 'A client id of dots alone is not allowed'
  if (NOT_PRINTABLE.test(clientId)) return 'Only printable characters are allowed in a client id'
  if ([...clientId].length > CLIENT_ID_CHARACTERS_MAX) {
    return `A client id has at most ${CLIENT_ID_CHARACTERS_MAX} characters`
  }
  return undefined
}
