import { isVisible, withoutTurns } from '#lib/wire/fields.ts'

/** Code points of a reference that are shown. */
const CHARACTERS_MAX = 200

export interface NamedSample {
  id: string
  clientId: string
  /** Any JSON of the partner's, or what it says of these two members. */
  metadata: unknown
}

/**
 * What the partner calls a sample, as one line: its client id where they gave one, otherwise `your_reference` or
 * `reference` in its metadata. Null where they gave none. For people who may see the sample, never for a log.
 */
export function referenceOf({ id, clientId, metadata }: NamedSample): string | null {
  if (clientId !== id) return clientId
  if (typeof metadata !== 'object' || metadata === null) return null
  const { your_reference, reference } = metadata as Record<string, unknown>
  return asLine(your_reference) ?? asLine(reference)
}

function asLine(value: unknown): string | null {
  // A number that a double cannot hold would be another one.
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : null
  if (typeof value !== 'string') return null
  const line = withoutTurns(value.replace(/[\p{Cc}\p{Z}]+/gu, ' ')).trim()
  if (!isVisible(line)) return null
  const characters = [...line]
  return characters.length > CHARACTERS_MAX ? `${characters.slice(0, CHARACTERS_MAX).join('')}…` : line
}
