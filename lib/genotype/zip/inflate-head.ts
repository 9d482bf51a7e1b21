/** The first packed bytes of one deflated file. */
export interface PackedHead {
  packed: Uint8Array
  /** Inflated bytes after which nothing more is wanted. */
  bytesMax: number
}

export interface InflatedHead {
  /** A true beginning of the text, at most `bytesMax` long. */
  text: Uint8Array
  /** Bytes that came out in all; more than `text` holds when the rest was counted and dropped. */
  produced: number
}

/**
 * Port to an inflater. Resolves for any bytes: what cannot be inflated ends the text early. While the packed bytes
 * are only the head of a file, up to `INFLATE_LAG_BYTES` may be held back; a whole file comes out whole. Holds no
 * more than `bytesMax` of text. Rejects only when there is no inflater. Every implementation passes
 * `inflate-head.conformance.ts`.
 */
export type InflateHead = (head: PackedHead) => Promise<InflatedHead>

export const INFLATE_LAG_BYTES = 16_384

/**
 * Port to an inflater of whole files. `onText` gets all of the text in pieces, in order, until it returns false. Resolves
 * for any bytes: what cannot be inflated ends the text early. Rejects only when there is no inflater. Every
 * implementation passes `inflate-head.conformance.ts`.
 */
export type InflateWhole = (packed: Uint8Array, onText: (chunk: Uint8Array) => boolean) => Promise<void>

export interface Inflater {
  head: InflateHead
  /** Missing where files are known to be undamaged. */
  whole?: InflateWhole
}
