import type { Words } from './words.ts'

/** Tag of the made-up language that shows where a longer one would not fit; on the preview only. */
export const PSEUDO = 'en-XA'

/** How much longer than English other languages are at most, as these pages go. */
const LONGER = 0.4

const ACCENTED: Record<string, string> = Object.fromEntries(
  [...'aàeéiîoõuûyýnñcçAÀEÉIÎOÕUÛ'].flatMap((letter, index, all) =>
    index % 2 === 0 ? [[letter, all[index + 1]!]] : [],
  ),
)

/** Every sentence in accents and 40 % longer between brackets, gaps as they are: what is cut off lacks its bracket. */
export function pseudoWords(words: Words): Words {
  const { locale, ...said } = words
  return { ...(pseudo(said) as Omit<Words, 'locale'>), locale }
}

function pseudo(value: unknown): unknown {
  if (typeof value === 'string') return lengthened(value)
  if (Array.isArray(value)) return value.map(pseudo)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, pseudo(each)]))
}

function lengthened(sentence: string): string {
  const accented = sentence.replace(/\{\w+\}|[a-z]/gi, (found) => ACCENTED[found] ?? found)
  const filling = 'ñ'.repeat(Math.max(1, Math.round(sentence.length * LONGER)))
  // In words of six letters: nothing that people read is one word of forty.
  return `[${accented} ${filling.replace(/(.{6})(?=.)/g, '$1 ')}]`
}
