import { CHROMOSOME_MT, CHROMOSOME_Y } from './chromosomes.ts'
import type { ExportHead } from './export-head.ts'
import { LINE_BYTES_MAX } from './limits.ts'
import type { Detail, FileReason } from './reason.ts'
import { ROW_BROKEN, ROW_PHASED, RowParser } from './rows/row-parser.ts'
import type { Fault } from './verdict.ts'

/** Share of rows that may be odd before they are not this vendor's rows at all. */
const FOREIGN_SHARE = 0.1
/** Lines named for one kind of fault. */
const LINES_NAMED_MAX = 5

/**
 * Whether the rows of the head are the vendor's: a genuine banner over a foreign or random body is found here.
 * Needs one complete row; judges all that are complete.
 */
export function judgeFirstRows(head: Uint8Array, found: ExportHead, whole: boolean): Fault[] {
  const rows = readFirstRows(head, found, whole)
  if (rows.count === 0) return [judgeNoRows(head, found, rows, whole)]
  const other = judgeOtherRows(head, found, rows)
  if (other.length > 0) return other
  const broken = rows.brokenLines.filter((line) => !rows.nulLines.includes(line))
  const cutOff = rows.cutOffLine === undefined ? [] : [cutOffRow(rows.cutOffLine)]
  return [...named('nul_bytes', rows.nulLines), ...named('bad_rows', broken), ...cutOff]
}

/** Not one complete row: nothing follows the header, or something without an end. */
function judgeNoRows(head: Uint8Array, found: ExportHead, { cutOffLine }: FirstRows, whole: boolean): Fault {
  if (head.length - found.bodyStart > LINE_BYTES_MAX) return lineTooLong(head, found)
  if (cutOffLine !== undefined) return cutOffRow(cutOffLine)
  return whole ? fault('no_genotypes', 'header_only') : fault('format_unrecognized', 'header_body_mismatch')
}

/** Rows of something else: the vendor's other downloads, or nothing that the vendor writes. */
function judgeOtherRows(head: Uint8Array, found: ExportHead, rows: FirstRows): Fault[] {
  const foreign = rows.count * FOREIGN_SHARE
  if (rows.phased > foreign) return [fault('vendor_unsupported', 'phased')]
  if (rows.brokenLines.length > foreign || rows.unknown > Math.max(1, foreign)) {
    const onlyNuls = rows.nulLines.length > 0 && rows.nulLines.length === rows.brokenLines.length
    return onlyNuls ? named('nul_bytes', rows.nulLines) : [foreignBody(head, found)]
  }
  if (rows.onlyChromosome === CHROMOSOME_Y) return [fault('vendor_unsupported', 'y_only')]
  if (rows.onlyChromosome === CHROMOSOME_MT) return [fault('vendor_unsupported', 'mt_only')]
  return []
}

interface FirstRows {
  count: number
  phased: number
  unknown: number
  brokenLines: number[]
  nulLines: number[]
  cutOffLine: number | undefined
  /** Chromosome of every row, or 0 when there is more than one. */
  onlyChromosome: number
}

function readFirstRows(
  head: Uint8Array,
  { layout, bodyStart, linesBefore }: ExportHead,
  whole: boolean,
): FirstRows {
  const parser = new RowParser(layout)
  const rows: FirstRows = {
    count: 0,
    phased: 0,
    unknown: 0,
    brokenLines: [],
    nulLines: [],
    cutOffLine: undefined,
    onlyChromosome: -1,
  }
  let line = linesBefore
  for (let start = bodyStart; start < head.length; ) {
    const newline = head.indexOf(0x0a, start)
    if (newline === -1 && !whole) break
    const end = newline === -1 ? head.length : newline
    const textEnd = end > start && head[end - 1] === 0x0d ? end - 1 : end
    line++
    const flaws = textEnd === start ? -1 : parser.parse(head, start, textEnd)
    if (newline === -1 && flaws === ROW_BROKEN && !head.subarray(start, textEnd).includes(0))
      rows.cutOffLine = line
    else if (flaws !== -1) {
      rows.count++
      if (flaws === ROW_PHASED) rows.phased++
      else if (flaws === ROW_BROKEN) {
        rows.brokenLines.push(line)
        if (head.subarray(start, textEnd).includes(0)) rows.nulLines.push(line)
      } else if (flaws > 0) rows.unknown++
      if (flaws === 0) rows.onlyChromosome = merge(rows.onlyChromosome, parser.chromosome)
    }
    start = end + 1
  }
  return rows
}

const merge = (known: number, chromosome: number) => (known === -1 || known === chromosome ? chromosome : 0)

/** Why the body is not the vendor's: what a spreadsheet or an editor did to it, or not the vendor's at all. */
function foreignBody(head: Uint8Array, { bodyStart, layout: { format } }: ExportHead): Fault {
  const sample = new TextDecoder('latin1')
    .decode(head.subarray(bodyStart, bodyStart + 2_000))
    .split(/\r?\n/, 3)
  const separatedBy = (separator: string, quote: string) =>
    sample.some((line) =>
      new RegExp(
        `^${quote}[A-Za-z]+\\d+${quote}${separator}${quote}\\w{1,2}${quote}${separator}${quote}\\d+${quote}${separator}`,
      ).test(line),
    )
  if (format.separator === '\t' && separatedBy(' +', '')) return fault('file_modified', 'spaces_for_tabs')
  const spreadsheet = format.quoted
    ? separatedBy('[,;]', '') || separatedBy(';', '"')
    : separatedBy('[,;]', '"?') || separatedBy('\\t', '"')
  if (spreadsheet) return fault('file_modified', 'spreadsheet')
  return fault('format_unrecognized', 'header_body_mismatch')
}

function lineTooLong(head: Uint8Array, { bodyStart, linesBefore }: ExportHead): Fault {
  const detail = head.subarray(bodyStart).includes(0) ? 'nul_bytes' : 'line_too_long'
  return { ...fault('file_modified', detail), line: linesBefore + 1 }
}

const fault = (reason: FileReason, detail: Detail): Fault => ({ reason, detail })

const cutOffRow = (line: number): Fault => ({ ...fault('file_incomplete', 'cut_off_row'), line })

const named = (detail: Detail, lines: readonly number[]): Fault[] =>
  lines.slice(0, LINES_NAMED_MAX).map((line) => ({ ...fault('file_modified', detail), line }))
