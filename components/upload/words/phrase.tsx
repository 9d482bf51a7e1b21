/**
 * A sentence with its gaps filled; names and numbers keep their own direction inside a sentence of another one. Every piece
 * is an element of its own, and a new one when its text changes: translators wrap, move and replace text nodes, and React
 * would fail on them or keep updating nodes that nobody sees.
 */
export function Phrase({ text, values = {} }: { text: string; values?: Values }) {
  return piecesOf(text, values).map((piece, index) => {
    const key = `${index}:${piece.text}`
    return piece.value ? <bdi key={key}>{piece.text}</bdi> : <span key={key}>{piece.text}</span>
  })
}

/** Values of the gaps in a sentence, by name. */
export type Values = Record<string, string>

/** One piece of a sentence: literal text, or the value of a gap, which may run in another direction. */
export type Piece = { text: string; value: boolean }

/** Splits a sentence at its gaps. A gap without a value stays as it is, so that the preview shows it. */
export function piecesOf(sentence: string, values: Values): Piece[] {
  return sentence
    .split(/\{(\w+)\}/)
    .map((part, index) =>
      index % 2 === 0 ? { text: part, value: false } : { text: values[part] ?? `{${part}}`, value: true },
    )
    .filter((piece) => piece.text !== '')
}

/** The sentence as plain text, for labels and announcements. */
export const fill = (sentence: string, values: Values): string =>
  piecesOf(sentence, values)
    .map((piece) => piece.text)
    .join('')
