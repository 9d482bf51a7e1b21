import type { VendorFormat } from '../formats/vendor-format.ts'
import { LINE_BYTES_MAX } from '../limits.ts'

/** Allele code of a genotype that was not called. */
export const ALLELE_MISSING = 0
/** Second allele of a genotype that has one copy only. Vendors that double haploid calls leave them doubled. */
export const ALLELE_NONE = 0xff

/** Kind of an id that starts with none of the prefixes we know. */
export const ID_KIND_OTHER = 7

/** What `parse` answers: 0 for a row as the vendor writes it, else one of the first two, or a sum of the others. */
export const ROW_BROKEN = 1
export const ROW_PHASED = 2
export const ROW_UNKNOWN_ID = 4
export const ROW_UNKNOWN_CHROMOSOME = 8
export const ROW_UNKNOWN_ALLELE = 16

/** How the rows of one file are written; found by the sniffer, obeyed by the parser. */
export interface RowLayout {
  format: VendorFormat
  /** Alleles in columns of their own. */
  twoAlleleColumns: boolean
  /** Fields are quoted twice, as spreadsheets and exporters do: `"rs1"",""1"",""101"",""AA"`. */
  doubledQuotes: boolean
}

const TAB = 0x09
const RETURN = 0x0d
const QUOTE = 0x22
const HASH = 0x23
const DASH = 0x2d
const PIPE = 0x7c
const ID_DIGITS_MAX = 12

/** Kinds of allele letters. */
const BASE = 1
export const INDEL = 2
export const MISSING = 3
const STRANGE = 4

/**
 * Parses one row of bytes at a time into its own fields, without making strings or objects: a file has 640,000.
 * Never throws, never reads outside `start` to `end`.
 */
export class RowParser {
  idStart = 0
  idEnd = 0
  /** 0 for an rsid, then the vendor's own prefixes in their order, `ID_KIND_OTHER` for all else. */
  idKind = 0
  /** Digits of the id as a number; a 45-bit hash where the kind is other. */
  idNumber = 0
  chromosome = 0
  position = 0
  allele1 = 0
  allele2 = 0

  #at = 0
  readonly #separator: Uint8Array
  readonly #quoted: boolean
  readonly #twoAlleleColumns: boolean
  /** PLINK's codes by one or two bytes of a label; 0 for none. */
  readonly chromosomeCodes = new Uint8Array(0x10000)
  readonly alleleKinds = new Uint8Array(0x100)
  readonly #idPrefixes: readonly Uint8Array[]

  constructor({ format, twoAlleleColumns, doubledQuotes }: RowLayout) {
    const ascii = new TextEncoder()
    this.#separator = ascii.encode(format.quoted ? (doubledQuotes ? '"",""' : '","') : format.separator)
    this.#quoted = format.quoted
    this.#twoAlleleColumns = twoAlleleColumns
    this.#idPrefixes = ['rs', ...format.idPrefixes].map((prefix) => ascii.encode(prefix))
    for (const [label, code] of Object.entries(format.chromosomes)) {
      const [first = 0, second] = ascii.encode(label)
      this.chromosomeCodes[second === undefined ? first : (first << 8) | second] = code
    }
    for (const letter of ascii.encode('abcdefghijklmnopqrstuvwxyzBEFHJKLMNOPQRSUVWXYZ0')) {
      this.alleleKinds[letter] = STRANGE
    }
    for (const letter of ascii.encode('ACGT')) this.alleleKinds[letter] = BASE
    for (const letter of ascii.encode('DI')) this.alleleKinds[letter] = INDEL
    this.alleleKinds[format.missing.charCodeAt(0)] = MISSING
  }

  /** Parse the row that stands in `bytes` from `start` up to `end`, line end excluded. */
  parse(bytes: Uint8Array, start: number, end: number): number {
    if (end - start > LINE_BYTES_MAX) return ROW_BROKEN
    this.#at = start
    let last = end
    if (this.#quoted) {
      if (bytes[start] !== QUOTE || bytes[end - 1] !== QUOTE) return ROW_BROKEN
      this.#at++
      last--
    }
    let flaws = this.#readId(bytes, last)
    if (flaws & ROW_BROKEN || !this.#skipSeparator(bytes)) return ROW_BROKEN
    flaws |= this.#readChromosome(bytes)
    if (flaws & ROW_BROKEN || !this.#skipSeparator(bytes)) return ROW_BROKEN
    if (!this.#readPosition(bytes, last) || !this.#skipSeparator(bytes)) return ROW_BROKEN
    const genotype = this.#twoAlleleColumns
      ? this.#readTwoColumns(bytes, last)
      : this.#readGenotype(bytes, last)
    return genotype === ROW_BROKEN || genotype === ROW_PHASED ? genotype : flaws | genotype
  }

  #skipSeparator(bytes: Uint8Array): boolean {
    const separator = this.#separator
    for (let index = 0; index < separator.length; index++) {
      if (bytes[this.#at + index] !== separator[index]) return false
    }
    this.#at += separator.length
    return true
  }

  #readId(bytes: Uint8Array, last: number): number {
    this.idStart = this.#at
    const idPrefixes = this.#idPrefixes
    for (let kind = 0; kind < idPrefixes.length; kind++) {
      const prefix = idPrefixes[kind]!
      let matched = 0
      while (matched < prefix.length && bytes[this.#at + matched] === prefix[matched]) matched++
      if (matched < prefix.length) continue
      let at = this.#at + matched
      const digitsStart = at
      let number = 0
      for (let digit = bytes[at]! - 48; at < last && digit >= 0 && digit <= 9; digit = bytes[++at]! - 48) {
        number = number * 10 + digit
      }
      const digits = at - digitsStart
      if (digits > 0 && digits <= ID_DIGITS_MAX && bytes[at] === this.#separator[0]) {
        this.#at = at
        this.idEnd = at
        this.idKind = kind
        this.idNumber = number
        return 0
      }
    }
    return this.#readStrangeId(bytes, last)
  }

  /** Anything up to the separator, or nothing: only a comment, and bytes that no text holds within a line, are no id. */
  #readStrangeId(bytes: Uint8Array, last: number): number {
    if (bytes[this.idStart] === HASH) return ROW_BROKEN
    let at = this.idStart
    let hash = 0
    let check = 0
    while (at < last && bytes[at] !== this.#separator[0]) {
      const byte = bytes[at]!
      if (byte === 0 || byte === RETURN) return ROW_BROKEN
      hash = (Math.imul(hash, 31) + byte) >>> 0
      check = (check * 131 + byte) % 8191
      at++
    }
    this.#at = at
    this.idEnd = at
    this.idKind = ID_KIND_OTHER
    this.idNumber = hash * 8192 + check
    return ROW_UNKNOWN_ID
  }

  #readChromosome(bytes: Uint8Array): number {
    const first = bytes[this.#at]!
    const second = bytes[this.#at + 1]!
    const single = second === this.#separator[0]
    this.chromosome = this.chromosomeCodes[single ? first : (first << 8) | second]!
    this.#at += single ? 1 : 2
    if (this.chromosome !== 0) return 0
    return isAlphanumeric(first) && (single || isAlphanumeric(second)) ? ROW_UNKNOWN_CHROMOSOME : ROW_BROKEN
  }

  #readPosition(bytes: Uint8Array, last: number): boolean {
    const start = this.#at
    let at = start
    let position = 0
    for (let digit = bytes[at]! - 48; at < last && digit >= 0 && digit <= 9; digit = bytes[++at]! - 48) {
      position = position * 10 + digit
    }
    this.#at = at
    this.position = position
    return at > start && at - start <= 9
  }

  #readGenotype(bytes: Uint8Array, last: number): number {
    const first = bytes[this.#at]!
    const length = last - this.#at
    if (length === 2) return this.#setAlleles(first, bytes[this.#at + 1]!)
    if (length === 1) return this.#setOneAllele(first)
    return length === 3 && bytes[this.#at + 1] === PIPE ? ROW_PHASED : ROW_BROKEN
  }

  #readTwoColumns(bytes: Uint8Array, last: number): number {
    const first = bytes[this.#at]!
    this.#at++
    if (this.#at >= last || !this.#skipSeparator(bytes)) return ROW_BROKEN
    const length = last - this.#at
    if (length === 0 && this.#separator[0] === TAB) return this.#setOneAllele(first)
    const second = bytes[this.#at]!
    // A dash beside a letter, where there may be one copy only: 23andMe has no other way to write it here.
    const single = second === DASH && first !== DASH && this.chromosome > 22
    if (length === 1 && single && this.alleleKinds[DASH] === MISSING) return this.#setOneAllele(first)
    return length === 1 ? this.#setAlleles(first, second) : ROW_BROKEN
  }

  #setAlleles(first: number, second: number): number {
    const kind1 = this.alleleKinds[first]!
    const kind2 = this.alleleKinds[second]!
    this.allele1 = first
    this.allele2 = second
    // The usual: two letters of the same kind.
    if (kind1 === kind2 && kind1 <= INDEL && kind1 !== 0) return 0
    this.allele1 = ALLELE_MISSING
    this.allele2 = ALLELE_MISSING
    if (kind1 === MISSING && kind2 === MISSING) return 0
    return kind1 === 0 || kind2 === 0 ? ROW_BROKEN : ROW_UNKNOWN_ALLELE
  }

  #setOneAllele(letter: number): number {
    const kind = this.alleleKinds[letter]!
    this.allele1 = letter
    this.allele2 = ALLELE_NONE
    if (kind === BASE || kind === INDEL) return this.chromosome > 22 || this.chromosome === 0 ? 0 : ROW_BROKEN
    this.allele1 = ALLELE_MISSING
    this.allele2 = ALLELE_MISSING
    if (letter === DASH && kind === MISSING) return 0
    return kind === STRANGE && this.chromosome > 22 ? ROW_UNKNOWN_ALLELE : ROW_BROKEN
  }
}

function isAlphanumeric(byte: number): boolean {
  return (byte >= 48 && byte <= 57) || (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122)
}
