const RIGHT_TO_LEFT = ['ar', 'fa', 'he', 'ur']

export const directionOf = (locale: string): 'ltr' | 'rtl' =>
  RIGHT_TO_LEFT.includes(primaryOf(locale)) ? 'rtl' : 'ltr'

/** The first wanted language among these, exactly or by its first part ("pt-PT" takes "pt-BR"); English otherwise. */
export function pickAmong<Language extends string>(
  languages: readonly Language[],
  wanted: readonly string[],
): Language | 'en' {
  for (const tag of wanted) {
    const exact = languages.find((language) => language.toLowerCase() === tag.toLowerCase())
    const near = languages.find((language) => primaryOf(language) === primaryOf(tag))
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

/** "pt" of "pt-BR". */
export const primaryOf = (tag: string): string => tag.toLowerCase().split('-')[0] ?? ''
