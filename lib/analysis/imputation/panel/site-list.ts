/**
 * `sites`: where a panel has variants in one region, for aligning exports. Little-endian:
 * "ADSITES1" · u32 number of sites · u32 flags (1: with lookup) · u32[n] positions, ascending · u32[n] positions on the
 * export's build where lifted (0: none) · u8[n] letters · u16[n] frequency of ALT, of 65535.
 */
const MAGIC = 'ADSITES1'
const HEADER_BYTES = 16
const WITH_LOOKUP = 1

/** No pair of single letters: an insertion, a deletion. */
export const NO_LETTERS = 0xff
/** The export shows the letters of the other strand here. */
export const OTHER_STRAND = 0x10
const FREQUENCY_MAX = 0xffff
const LETTERS = 'ACGT'

export interface SiteList {
  /** On the panel's build. */
  position: Uint32Array
  /** On the export's build; the same array where both are the same. */
  lookup: Uint32Array
  /** See `lettersOf`. */
  letters: Uint8Array
  /** Of ALT, of 65535. */
  frequency: Uint16Array
}

/** One site as it is written; `lookup` 0 where it has no place on the export's build. */
export interface Site {
  position: number
  reference: string
  alternate: string
  /** Between 0 and 1. */
  frequency: number
  lookup?: { position: number; otherStrand: boolean } | undefined
}

/** Code of a pair of letters; `NO_LETTERS` for anything longer. */
export function encodeLetters(reference: string, alternate: string): number {
  const [ref, alt] = [LETTERS.indexOf(reference), LETTERS.indexOf(alternate)]
  if (reference.length !== 1 || alternate.length !== 1 || ref < 0 || alt < 0) return NO_LETTERS
  return ref * 4 + alt
}

/** REF and ALT on the panel, as ASCII codes; undefined for a site that no export can have as letters. */
export function lettersOf(code: number): [reference: number, alternate: number] | undefined {
  if (code === NO_LETTERS) return undefined
  return [LETTERS.charCodeAt((code >> 2) & 3), LETTERS.charCodeAt(code & 3)]
}

/** Collects the sites of one region while they stream by. */
export class SiteListWriter {
  count = 0
  private position = new Uint32Array(65_536)
  private lookup = new Uint32Array(65_536)
  private letters = new Uint8Array(65_536)
  private frequency = new Uint16Array(65_536)
  private readonly lifted: boolean

  constructor({ lifted }: { lifted: boolean }) {
    this.lifted = lifted
  }

  get first(): number {
    return this.position[0]!
  }

  get last(): number {
    return this.position[this.count - 1]!
  }

  add({ position, reference, alternate, frequency, lookup }: Site): void {
    if (this.count === this.position.length) this.grow()
    const at = this.count++
    const code = encodeLetters(reference, alternate)
    this.position[at] = position
    this.lookup[at] = lookup?.position ?? 0
    this.letters[at] = lookup?.otherStrand && code !== NO_LETTERS ? code | OTHER_STRAND : code
    this.frequency[at] = Math.round(frequency * FREQUENCY_MAX)
  }

  encode(): Uint8Array {
    const n = this.count
    const header = Buffer.alloc(HEADER_BYTES)
    header.write(MAGIC, 0, 'latin1')
    header.writeUInt32LE(n, 8)
    header.writeUInt32LE(this.lifted ? WITH_LOOKUP : 0, 12)
    const bytes = (array: Uint32Array | Uint8Array | Uint16Array) =>
      new Uint8Array(array.buffer, 0, n * array.BYTES_PER_ELEMENT)
    const lookup = this.lifted ? [bytes(this.lookup)] : []
    return Buffer.concat([
      header,
      bytes(this.position),
      ...lookup,
      bytes(this.letters),
      bytes(this.frequency),
    ])
  }

  private grow(): void {
    const size = this.position.length * 2
    const larger = <A extends Uint32Array | Uint8Array | Uint16Array>(from: A, to: A): A => {
      to.set(from)
      return to
    }
    this.position = larger(this.position, new Uint32Array(size))
    this.lookup = larger(this.lookup, new Uint32Array(size))
    this.letters = larger(this.letters, new Uint8Array(size))
    this.frequency = larger(this.frequency, new Uint16Array(size))
  }
}

/** Throws when the bytes are no site list, or one that was cut off. */
export function decodeSiteList(file: Uint8Array): SiteList {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const magic = Buffer.from(file.subarray(0, 8)).toString('latin1')
  if (file.length < HEADER_BYTES || magic !== MAGIC) throw new Error('This is no list of sites')
  const n = view.getUint32(8, true)
  const lifted = view.getUint32(12, true) === WITH_LOOKUP
  if (file.length !== HEADER_BYTES + n * (lifted ? 11 : 7)) throw new Error('A list of sites is cut off')
  // A copy: it starts where every width may start.
  const body = new Uint8Array(file.subarray(HEADER_BYTES)).buffer
  const position = new Uint32Array(body, 0, n)
  const lookup = lifted ? new Uint32Array(body, n * 4, n) : position
  const after = n * (lifted ? 8 : 4)
  const frequency = new Uint16Array(body.slice(after + n))
  return { position, lookup, letters: new Uint8Array(body, after, n), frequency }
}
