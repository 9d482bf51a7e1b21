import type { ExportHead } from './export-head.ts'
import { FaultList } from './fault-list.ts'
import { LINE_BYTES_MAX, ROWS_MAX } from './limits.ts'
import { isPlainId } from './rows/plain-id.ts'
import { PlainRows } from './rows/plain-rows.ts'
import { ROW_BROKEN, ROW_PHASED, ROW_UNKNOWN_ID, RowParser } from './rows/row-parser.ts'
import type { RowTally } from './rows/row-tally.ts'

/**
 * Called for each row of a known chromosome, in the file's order. `chromosome` is PLINK's code (1–22, 23 X, 24 Y, 25 XY,
 * 26 MT), the alleles are ASCII codes: `ALLELE_MISSING` for both when not called, `ALLELE_NONE` as the second of a
 * single copy. The id stands in `bytes` from `idStart` up to `idEnd`, during the call only; one that could break a file it
 * is written to is handed over as `.`, which stands for no id in VCF and PLINK.
 */
export type OnRow = (
  chromosome: number,
  position: number,
  allele1: number,
  allele2: number,
  bytes: Uint8Array,
  idStart: number,
  idEnd: number,
) => void

const NEWLINE = 0x0a
const RETURN = 0x0d
const NO_ID = Uint8Array.of(0x2e)

/** Reads the rows behind the header, over any cut of the bytes; keeps one unfinished line at most. */
export class BodyReader {
  readonly #faults = new FaultList()
  readonly #tally: RowTally
  readonly #parser: RowParser
  readonly #plain: PlainRows
  readonly #onRow: OnRow | undefined
  #line: number
  #blankLine = 0
  #full = false
  /** The line that the last chunk left unfinished: a return may stand behind its longest form. */
  readonly #carry = new Uint8Array(LINE_BYTES_MAX + 1)
  #carryLength = 0
  #overlong = false
  #overlongHasNul = false

  constructor({ layout, linesBefore }: ExportHead, tally: RowTally, onRow?: OnRow) {
    this.#tally = tally
    this.#parser = new RowParser(layout)
    this.#plain = new PlainRows(this.#parser, layout)
    this.#line = linesBefore
    this.#onRow = onRow
  }

  push(chunk: Uint8Array): void {
    let start = 0
    if (this.#carryLength > 0 || this.#overlong) {
      const newline = chunk.indexOf(NEWLINE)
      this.#keep(chunk.subarray(0, newline === -1 ? chunk.length : newline))
      if (newline === -1) return
      this.#finishCarried()
      start = newline + 1
    }
    for (;;) {
      let end = this.#plain.read(chunk, start)
      if (end !== -1) {
        if (this.#startLine()) this.#count(chunk, 0)
      } else {
        end = chunk.indexOf(NEWLINE, start)
        if (end === -1) break
        this.#read(chunk, start, end)
      }
      start = end + 1
    }
    this.#keep(chunk.subarray(start))
  }

  /** No more bytes follow: a last line without its end is a row, or the place where the file was cut off. */
  end(): { faults: FaultList; tally: RowTally } {
    if (this.#overlong) this.#finishCarried()
    else if (this.#carryLength > 0) this.#readLast()
    return { faults: this.#faults, tally: this.#tally }
  }

  #keep(piece: Uint8Array): void {
    if (this.#overlong || this.#carryLength + piece.length > this.#carry.length) {
      this.#overlongHasNul ||= piece.includes(0) || this.#carry.subarray(0, this.#carryLength).includes(0)
      this.#overlong = true
      return
    }
    this.#carry.set(piece, this.#carryLength)
    this.#carryLength += piece.length
  }

  #finishCarried(): void {
    if (!this.#overlong) this.#read(this.#carry, 0, this.#carryLength)
    else if (this.#startLine()) {
      this.#faults.add('file_modified', this.#overlongHasNul ? 'nul_bytes' : 'line_too_long', this.#line)
    }
    this.#carryLength = 0
    this.#overlong = false
    this.#overlongHasNul = false
  }

  #readLast(): void {
    const carry = this.#carry
    const carryLength = this.#carryLength
    const end = carry[carryLength - 1] === RETURN ? carryLength - 1 : carryLength
    const complete = end === 0 || this.#parser.parse(carry, 0, end) !== ROW_BROKEN
    if (complete || carry.subarray(0, end).includes(0)) this.#read(carry, 0, carryLength)
    else this.#faults.add('file_incomplete', 'cut_off_row', this.#line + 1)
  }

  /** One line without its newline. */
  #read(bytes: Uint8Array, start: number, newline: number): void {
    const end = newline > start && bytes[newline - 1] === RETURN ? newline - 1 : newline
    if (end === start) {
      this.#line++
      this.#blankLine ||= this.#line
      return
    }
    if (!this.#startLine()) return
    const flaws = this.#parser.parse(bytes, start, end)
    if (flaws === ROW_BROKEN) this.#readBroken(bytes.subarray(start, end))
    else if (flaws === ROW_PHASED) this.#faults.add('vendor_unsupported', 'phased', this.#line)
    else this.#count(bytes, flaws)
  }

  /** Start a line that is not blank; returns false when there are too many rows to continue. */
  #startLine(): boolean {
    this.#line++
    // Blank lines behind the last row are harmless; one between rows is not the vendor's.
    if (this.#blankLine > 0) this.#blame(this.#blankLine)
    this.#blankLine = 0
    return !this.#full
  }

  #count(bytes: Uint8Array, flaws: number): void {
    const parser = this.#parser
    const tally = this.#tally
    const onRow = this.#onRow
    tally.add(parser, flaws, this.#line)
    if (tally.rows > ROWS_MAX) {
      this.#full = true
      this.#faults.add('file_modified', 'unknown_rows', this.#line)
    }
    if (onRow !== undefined && parser.chromosome !== 0) {
      const { chromosome, position, allele1, allele2, idStart, idEnd } = parser
      if (flaws & ROW_UNKNOWN_ID && !isPlainId(bytes, idStart, idEnd))
        onRow(chromosome, position, allele1, allele2, NO_ID, 0, NO_ID.length)
      else onRow(chromosome, position, allele1, allele2, bytes, idStart, idEnd)
    }
  }

  #readBroken(row: Uint8Array): void {
    if (row.includes(0)) this.#faults.add('file_modified', 'nul_bytes', this.#line)
    else if (row.length > LINE_BYTES_MAX) this.#faults.add('file_modified', 'line_too_long', this.#line)
    else this.#blame(this.#line)
  }

  #blame(line: number): void {
    this.#faults.add('file_modified', 'bad_rows', line)
  }
}
