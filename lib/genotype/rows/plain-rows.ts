import { AUTOSOMES } from '../chromosomes.ts'
import { ALLELE_MISSING, ALLELE_NONE, INDEL, MISSING, type RowLayout, type RowParser } from './row-parser.ts'

const NEWLINE = 0x0a
const RETURN = 0x0d
const LETTER_R = 0x72
const LETTER_S = 0x73
const ZERO = 0x30
/** So many digits stay whole numbers of 31 bits. */
const DIGITS_MAX = 9
/** Longer than any row that is read here, its end included: within it no look at the bytes' length is needed. */
const ROW_BYTES_MAX = 48

/**
 * Reads rows of the usual form and their line ends in one go, twice as fast as finding the end first: an rsid, a known
 * chromosome, a position, two letters of a kind, without quotes. Whatever is otherwise is left to `RowParser`, whose
 * fields it fills just as that would.
 */
export class PlainRows {
  readonly #row: RowParser
  readonly #able: boolean
  readonly #twoAlleleColumns: boolean
  readonly #separator: number
  /** First letter of the vendor's own ids; 0 where that is a word. */
  readonly #ownPrefix: number
  readonly #chromosomeCodes: Uint8Array
  readonly #alleleKinds: Uint8Array

  constructor(row: RowParser, { format, twoAlleleColumns }: RowLayout) {
    this.#row = row
    this.#able = !format.quoted
    this.#twoAlleleColumns = twoAlleleColumns
    this.#separator = format.separator.charCodeAt(0)
    const [prefix = ''] = format.idPrefixes
    this.#ownPrefix = prefix.length === 1 ? prefix.charCodeAt(0) : 0
    this.#chromosomeCodes = row.chromosomeCodes
    this.#alleleKinds = row.alleleKinds
  }

  /** Where the newline of the row at `start` stands, once the row is read; -1, and nothing done, when it is not a usual one. */
  read(bytes: Uint8Array, start: number): number {
    if (!this.#able || start + ROW_BYTES_MAX > bytes.length) return -1
    const separator = this.#separator
    const row = this.#row
    let at = start
    let idKind = 0
    if (bytes[at] === LETTER_R && bytes[at + 1] === LETTER_S) at += 2
    else if (bytes[at] === this.#ownPrefix) {
      idKind = 1
      at++
    } else return -1
    const idDigits = at
    let idNumber = 0
    let digit = bytes[at]! - ZERO
    for (; digit >= 0 && digit <= 9 && at - idDigits < DIGITS_MAX; digit = bytes[++at]! - ZERO) {
      idNumber = (idNumber * 10 + digit) | 0
    }
    // The newest have ten.
    if (digit >= 0 && digit <= 9) {
      idNumber = idNumber * 10 + digit
      at++
    }
    const idEnd = at
    if (idEnd === idDigits || bytes[at++] !== separator) return -1
    let label = bytes[at++]!
    if (bytes[at] !== separator) label = (label << 8) | bytes[at++]!
    const chromosome = this.#chromosomeCodes[label]!
    if (chromosome === 0 || bytes[at++] !== separator) return -1
    const positionDigits = at
    let position = 0
    digit = bytes[at]! - ZERO
    for (; digit >= 0 && digit <= 9 && at - positionDigits < DIGITS_MAX; digit = bytes[++at]! - ZERO) {
      position = (position * 10 + digit) | 0
    }
    if (at === positionDigits || bytes[at++] !== separator) return -1
    const allele1 = bytes[at++]!
    const kind = this.#alleleKinds[allele1]!
    if (kind === 0 || kind > MISSING) return -1
    if (this.#twoAlleleColumns && bytes[at++] !== separator) return -1
    let allele2 = bytes[at]!
    if (this.#alleleKinds[allele2] === kind) at++
    // One copy alone; where there may not be one, `RowParser` says so.
    else if (chromosome > AUTOSOMES && kind <= INDEL && (allele2 === RETURN || allele2 === NEWLINE))
      allele2 = ALLELE_NONE
    else return -1
    if (bytes[at] === RETURN) at++
    if (bytes[at] !== NEWLINE) return -1
    row.idStart = start
    row.idEnd = idEnd
    row.idKind = idKind
    row.idNumber = idNumber
    row.chromosome = chromosome
    row.position = position
    row.allele1 = kind <= INDEL ? allele1 : ALLELE_MISSING
    row.allele2 = kind <= INDEL ? allele2 : ALLELE_MISSING
    return at
  }
}
