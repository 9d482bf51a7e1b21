/** Markup that is safe to send: everything in it was escaped where it was put in. */
export interface Html {
  readonly markup: string
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => ENTITIES[character]!)

type Inserted = Html | string | number | false | null | undefined | readonly Inserted[]

/** A template whose values are escaped, unless they are markup themselves. Nothing is drawn for false, null and undefined. */
export const hypertext = (parts: TemplateStringsArray, ...values: Inserted[]): Html => ({
  markup: parts.reduce((made, part, at) => made + draw(values[at - 1]) + part),
})

function draw(value: Inserted): string {
  if (value === false || value === null || value === undefined) return ''
  if (typeof value === 'string' || typeof value === 'number') return escaped(String(value))
  return 'markup' in value ? value.markup : value.map(draw).join('')
}

/** A sentence in which text between backticks is code. */
export const inWords = (text: string): Html[] =>
  text
    .split('`')
    .map((part, place) => (place % 2 === 1 ? hypertext`<code>${part}</code>` : hypertext`${part}`))
