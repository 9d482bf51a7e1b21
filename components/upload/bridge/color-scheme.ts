import type { ColorScheme } from '#lib/sessions/embed-messages.ts'

const QUERY = /\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)/g
/** Media queries that always and never match. */
const ALWAYS = '(min-width: 0px)'
const NEVER = '(max-width: 0px)'

export const systemScheme = (): ColorScheme =>
  matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'

/**
 * Makes the page look as if the system preferred this scheme, by rewriting the media queries of its style sheets in
 * place, since those only reflect the system's setting. The original queries are kept for the next change.
 */
export function colorSchemeSwitch(): (scheme: ColorScheme) => void {
  const first = new Map<CSSMediaRule, string>()

  function collect(rules: CSSRuleList): void {
    for (const rule of rules) {
      if (rule instanceof CSSMediaRule && !first.has(rule)) first.set(rule, rule.media.mediaText)
      if ('cssRules' in rule) collect(rule.cssRules as CSSRuleList)
    }
  }

  return (scheme) => {
    for (const sheet of document.styleSheets) collect(sheet.cssRules)
    for (const [rule, text] of first) {
      if (text.includes('prefers-color-scheme')) {
        rule.media.mediaText = text.replace(QUERY, (_, wanted) => (wanted === scheme ? ALWAYS : NEVER))
      }
    }
    document.documentElement.style.colorScheme = scheme
    document.documentElement.dataset.colorScheme = scheme
  }
}
