import { exceedsDepth } from '#lib/wire/exceeds-depth.ts'
import { isStorable } from '#lib/wire/fields.ts'

/** Bytes of JSON and levels of nesting that the metadata of a sample may have. */
export const METADATA_BYTES_MAX = 16_384
export const METADATA_DEPTH_MAX = 8

/** Why a JSON value cannot be a sample's metadata, in words; undefined when it can. */
export function refuseMetadata(value: unknown): string | undefined {
  // First of all: what comes after it goes down as far as the value does.
  if (exceedsDepth(value, METADATA_DEPTH_MAX)) {
    return `Ensure this value is nested at most ${METADATA_DEPTH_MAX} levels deep.`
  }
  if (new TextEncoder().encode(JSON.stringify(value)).length > METADATA_BYTES_MAX) {
    return `Ensure this value is at most ${METADATA_BYTES_MAX} bytes of JSON.`
  }
  return everyString(value, isStorable) ? undefined : 'Null characters and lone surrogates are not allowed.'
}

function everyString(value: unknown, holds: (text: string) => boolean): boolean {
  if (typeof value === 'string') return holds(value)
  if (typeof value !== 'object' || value === null) return true
  return Object.entries(value).every(([key, inner]) => holds(key) && everyString(inner, holds))
}
