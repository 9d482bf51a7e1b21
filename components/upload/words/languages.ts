import { pickAmong, primaryOf } from '#lib/wire/pick-language.ts'
import type { Words } from './words.ts'

/** Every language the page speaks, each in a file of its own that is loaded only when it is needed. */
const LOADERS = {
  en: async () => (await import('./en/page.ts')).en,
  de: async () => (await import('./de/page.ts')).de,
  es: async () => (await import('./es/page.ts')).es,
  fr: async () => (await import('./fr/page.ts')).fr,
  it: async () => (await import('./it/page.ts')).it,
  'pt-BR': async () => (await import('./pt-br/page.ts')).ptBr,
  nl: async () => (await import('./nl/page.ts')).nl,
  ja: async () => (await import('./ja/page.ts')).ja,
  'zh-Hans': async () => (await import('./zh-hans/page.ts')).zhHans,
  ar: async () => (await import('./ar/page.ts')).ar,
} as const satisfies Record<string, () => Promise<Words>>

export type Language = keyof typeof LOADERS

export const LANGUAGES = Object.keys(LOADERS) as Language[]

export const loadWords = (language: Language): Promise<Words> => LOADERS[language]()

/** What stands between two sentences: nothing where their full stop is as wide as a letter. */
export const betweenSentences = (locale: string): '' | ' ' =>
  ['ja', 'zh'].includes(primaryOf(locale)) ? '' : ' '

/** The first wanted language that we have, exactly or by its first part; English otherwise. */
export const pickLanguage = (wanted: readonly string[]): Language => pickAmong(LANGUAGES, wanted)
