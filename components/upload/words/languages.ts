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

const RIGHT_TO_LEFT = ['ar', 'fa', 'he', 'ur']

export const loadWords = (language: Language): Promise<Words> => LOADERS[language]()

export const directionOf = (locale: string): 'ltr' | 'rtl' =>
  RIGHT_TO_LEFT.includes(locale.split('-')[0] ?? '') ? 'rtl' : 'ltr'

/** What stands between two sentences: nothing where their full stop is as wide as a letter. */
export const betweenSentences = (locale: string): '' | ' ' =>
  ['ja', 'zh'].includes(primaryOf(locale)) ? '' : ' '

/** The first wanted language that we have, exactly or by its first part ("pt-PT" takes "pt-BR"); English otherwise. */
export function pickLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const exact = LANGUAGES.find((language) => language.toLowerCase() === tag.toLowerCase())
    const near = LANGUAGES.find((language) => primaryOf(language) === primaryOf(tag))
    const found = exact ?? near
    if (found) return found
  }
  return 'en'
}

/** Tags of an `Accept-Language` header, most wanted first. At most 20 are looked at. */
export function wantedLanguages(header: string | null): string[] {
  return (header ?? '')
    .split(',', 20)
    .map((part) => {
      const [tag = '', quality] = part.trim().split(/\s*;\s*q=/i)
      return { tag, quality: quality === undefined ? 1 : Number(quality) || 0 }
    })
    .filter(({ tag, quality }) => tag !== '' && quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ tag }) => tag)
}

const primaryOf = (tag: string): string => tag.toLowerCase().split('-')[0] ?? ''
