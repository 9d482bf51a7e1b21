import { html, type Markup } from '#lib/analysis/report/markup.ts'

/** A sentence in which text between backticks is code. */
export const inWords = (text: string): Markup[] =>
  text.split('`').map((part, place) => (place % 2 === 1 ? html`<code>${part}</code>` : html`${part}`))
