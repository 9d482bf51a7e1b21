const KEY = /^[a-z0-9][a-z0-9._-]*(?:\/[a-z0-9][a-z0-9._-]*)*$/
const KEY_CHARACTERS_MAX = 512
const PREFIX = /^(?:[a-z0-9][a-z0-9._-]*\/)*$/
const OWNED = /^(?:samples|parts)\/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?=[/-])/

/** Whether this can name a stored object, or one part of its key: nothing that leads elsewhere, nothing hidden. */
export const isKey = (text: string): boolean => text.length <= KEY_CHARACTERS_MAX && KEY.test(text)

/** The same key. Throws a `TypeError` unless it is one. */
export function demandKey(key: string): string {
  if (!isKey(key)) throw new TypeError('Not a key of a stored object')
  return key
}

/** The same prefix, empty or ending in `/`. Throws a `TypeError` unless it is one. */
export function demandPrefix(prefix: string): string {
  if (!PREFIX.test(prefix)) throw new TypeError('Not a prefix of stored objects')
  return prefix
}

/** The sample that an object belongs to: `samples/<id>/…`, and `parts/<id>-…` for what is not received yet. */
export const ownerOf = (keyOrPrefix: string): string | undefined => OWNED.exec(keyOrPrefix)?.[1]

/** The sample whose every received and made file lies below this prefix; undefined when it is narrower or wider. */
export function wholeOwnerOf(prefix: string): string | undefined {
  const owner = ownerOf(prefix)
  return prefix === `samples/${owner}/` ? owner : undefined
}
