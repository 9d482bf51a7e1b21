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

type Part = string | number | Markup | readonly Part[] | undefined

/** A template of HTML or SVG: strings and numbers are escaped, markup and lists of it are put in as they are. */
export function html(literals: TemplateStringsArray, ...parts: Part[]): Markup {
  return new Escaped(literals.map((literal, at) => literal + write(parts[at])).join(''))
}

function write(part: Part): string {
  if (part === undefined) return ''
  if (part instanceof Escaped) return part.toString()
  if (typeof part === 'object') return part.map(write).join('')
  return escapeText(String(part))
}

/** Safe between tags and inside quoted attributes. */
const escapeText = (text: string): string => text.replace(/[&<>"']/g, (letter) => ENTITIES[letter]!)
