/** One sentence in every form that its language has for a number, which stands in one of its gaps. CLDR names the forms. */
export type Plural = { other: string } & Partial<Record<Exclude<Intl.LDMLPluralRule, 'other'>, string>>

/** The form for this number; `other` where the language makes no difference. */
export const formFor = (locale: string, forms: Plural, n: number): string =>
  forms[new Intl.PluralRules(locale).select(n)] ?? forms.other

/** Forms that a language uses for whole numbers up to a few thousand: what a `Plural` of that language must hold. */
export function formsOf(locale: string): Set<Intl.LDMLPluralRule> {
  const rules = new Intl.PluralRules(locale)
  return new Set(Array.from({ length: 2_000 }, (_, n) => rules.select(n + 1)))
}
