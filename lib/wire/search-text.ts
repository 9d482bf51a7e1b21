const escaped = (text: string): string => text.replaceAll(/[\\%_]/g, '\\$&')

/** Pattern of `ilike` for what contains this text. */
export const containing = (text: string): string => `%${escaped(text)}%`

/** Pattern of `ilike` for what begins with this text. */
export const startingWith = (text: string): string => `${escaped(text)}%`

/** A text as it stands inside a string of JSON, which PostgreSQL escapes as JavaScript does. */
export const insideJson = (text: string): string => JSON.stringify(text).slice(1, -1)

/**
 * Whether a text that stands in a JSON without escapes stands in one of its keys or values, whichever JSON it is: it has
 * nothing of what is between those, and is no part of `null`, which is no value to search.
 */
export const isInsideAnyJson = (text: string): boolean =>
  !/^\s|[{}[\]:,]/.test(text) && !'null'.includes(text.toLowerCase())

/**
 * Whether a text is sought anywhere: three letters or digits in a row, or fewer beside what is neither, where a word
 * begins or ends. Less would be in almost everything.
 */
export const isSoughtAnywhere = (text: string): boolean =>
  /[\p{L}\p{N}]{3}|[^\p{L}\p{N}][\p{L}\p{N}]|[\p{L}\p{N}]{2}[^\p{L}\p{N}]/u.test(text)

/** Something that is in whatever contains a text, as PostgreSQL matches it. */
export interface SearchedPart {
  operator: 'ilike' | '~*'
  pattern: string
}

const WORDS_MAX = 3
const SIGN = '[ -/:-@[-`{-~]'
/** Without i and k, which are more letters than two in lower case. */
const SHORT = /(?<![\p{L}\p{N}])[a-hjlm-z0-9]{1,2}(?![\p{L}\p{N}])/giu
const isSign = (character = '') => new RegExp(SIGN).test(character)

/**
 * Parts of a text by which an index of trigrams finds what has all of them, and looks at few that have not: its longest
 * words, those with digits first, and what is shorter with the signs around it, whatever signs those are. None where the
 * index has nothing of the text.
 */
export function searchedPartsOf(text: string, letters: 'ascii' | 'unicode'): SearchedPart[] {
  const word = letters === 'ascii' ? /[a-z0-9]{3,}/gi : /[\p{L}\p{N}]{3,}/gu
  const hasDigit = (part: string) => Number(/\p{N}/u.test(part))
  const words = [...new Set(text.match(word))]
    .toSorted((one, other) => hasDigit(other) - hasDigit(one) || other.length - one.length)
    .slice(0, WORDS_MAX)
  const short = [...text.matchAll(SHORT)].flatMap(({ 0: run, index }) => {
    const [before, after] = [isSign(text[index - 1]), isSign(text[index + run.length])]
    if (!before && (!after || run.length < 2)) return []
    return [`${before ? SIGN : ''}${run}${after ? SIGN : ''}`]
  })
  return [
    ...words.map((found): SearchedPart => ({ operator: 'ilike', pattern: containing(found) })),
    ...[...new Set(short)]
      .slice(0, WORDS_MAX - Math.min(words.length, 2))
      .map((pattern): SearchedPart => ({ operator: '~*', pattern })),
  ]
}

/** Whether the first of these parts is a number of four characters or more, which is rare by itself. */
export const isSearchedNumber = ({ operator, pattern }: SearchedPart): boolean =>
  operator === 'ilike' && pattern.length > 5 && /\p{N}/u.test(pattern)

/** All that are this text but for their case, of ASCII; null of others. Of a text of two letters at most. */
export function casesOf(text: string): string[] | null {
  if (!/^[\x00-\x7f]*$/.test(text)) return null
  const others: Record<string, string> = { i: 'İ', k: '\u212a' }
  return [...text].reduce<string[]>(
    (cases, character) => {
      const lower = character.toLowerCase()
      const same = new Set([lower, character.toUpperCase(), others[lower] ?? lower])
      return cases.flatMap((one) => [...same].map((next) => one + next))
    },
    [''],
  )
}
