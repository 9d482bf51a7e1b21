const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** HTML that is safe to show. Only `html` makes it. */
class Escaped {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  toString(): string {
    return this.#text
  }
}
export type Markup = Escaped

type Part = string | number | Markup | readonly Part[] | false | null | undefined

/** A template of HTML or SVG: strings and numbers are escaped, markup and lists of it are put in as they are, false, null and undefined not at all. */
export function html(literals: TemplateStringsArray, ...parts: Part[]): Markup {
  return new Escaped(literals.map((literal, at) => literal + write(parts[at])).join(''))
}

function write(part: Part): string {
  if (part === undefined || part === null || part === false) return ''
  if (part instanceof Escaped) return part.toString()
  if (typeof part === 'object') return part.map(write).join('')
  return escapeText(String(part))
}

/** Text of a file of ours, such as a style sheet, as it is. A closing tag in it would end the element that holds it. */
export const unescaped = (text: string): Markup => new Escaped(text)

/** Safe between tags and inside quoted attributes. */
const escapeText = (text: string): string => text.replace(/[&<>"']/g, (letter) => ENTITIES[letter]!)
