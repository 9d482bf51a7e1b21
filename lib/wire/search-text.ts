const escaped = (text: string): string => text.replaceAll(/[\\%_]/g, '\\$&')

/** Pattern of `ilike` for what contains this text. */
export const containing = (text: string): string => `%${escaped(text)}%`

/** Pattern of `ilike` for what begins with this text. */
export const startingWith = (text: string): string => `${escaped(text)}%`

/** A text as it stands inside a string of JSON, which PostgreSQL escapes as JavaScript does. */
export const insideJson = (text: string): string => JSON.stringify(text).slice(1, -1)

/**
 * Whether an index of trigrams can look up what contains this text: three letters or digits in a row, or fewer beside
 * what is neither, where a word begins or ends.
 */
export const hasTrigram = (text: string): boolean =>
  /[\p{L}\p{N}]{3}|[^\p{L}\p{N}][\p{L}\p{N}]|[\p{L}\p{N}]{2}[^\p{L}\p{N}]/u.test(text)

/** The longest run of letters and digits in a text of more than that, with a digit and four characters or more. */
export const longestNumber = (text: string): string | undefined =>
  (text.match(/[\p{L}\p{N}]+/gu) ?? [])
    .filter((run) => [...run].length > 3 && run.length < text.length && /\p{N}/u.test(run))
    .toSorted((one, other) => other.length - one.length)[0]

const WORDS_MAX = 3

/** Runs of letters and digits in a text that are long enough for an index of trigrams: the longest of them, which are rarest. */
export const searchWords = (text: string): readonly string[] =>
  [...new Set(text.match(/[\p{L}\p{N}]{3,}/gu))]
    .toSorted((one, other) => other.length - one.length)
    .slice(0, WORDS_MAX)
