import { pickAmong, wantedLanguages } from '#lib/wire/pick-language.ts'
import { ar } from './ar.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { it } from './it.ts'
import { ja } from './ja.ts'
import { nl } from './nl.ts'
import { ptBr } from './pt-br.ts'
import type { DoctorWords } from './words.ts'
import { zhHans } from './zh-hans.ts'

const WORDS = { en, de, es, fr, it, 'pt-BR': ptBr, nl, ja, 'zh-Hans': zhHans, ar } as const satisfies Record<
  string,
  DoctorWords
>

export const DOCTOR_LANGUAGES = Object.keys(WORDS) as (keyof typeof WORDS)[]

/** In the language that the address asks for, as a link does, else in one of the browser's; English otherwise. */
export function wordsForVisitor(locale: string | null, acceptLanguage: string | null): DoctorWords {
  const ofBrowser = wantedLanguages(acceptLanguage)
  return WORDS[pickAmong(DOCTOR_LANGUAGES, locale ? [locale, ...ofBrowser] : ofBrowser)]
}
