/** JSON whose numbers keep the text they were written with, in V8 since 11.4; TypeScript does not know it yet. */
interface ExactJson {
  parse(text: string, revive: (key: string, value: unknown, context: { source?: string }) => unknown): unknown
  rawJSON(text: string): object
  isRawJSON(value: unknown): value is { rawJSON: string }
}
const exact = JSON as unknown as ExactJson

/**
 * JSON as a value in which every number that a double would change, or write in another way, is kept as text:
 * `JSON.stringify` writes it as it came. Throws a `SyntaxError` for what is not JSON.
 */
export const parseExactly = (text: string): unknown =>
  exact.parse(text, (_key, value, { source }) =>
    typeof value === 'number' && source !== undefined && source !== String(value)
      ? exact.rawJSON(source)
      : value,
  )

/** A number that `parseExactly` has kept as text. */
export const isKeptNumber = (value: unknown): value is { rawJSON: string } => exact.isRawJSON(value)
