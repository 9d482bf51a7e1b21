import { AUTOSOMES, CHROMOSOME_LABELS } from './chromosomes.ts'
import type { ExportHead } from './export-head.ts'
import type { VendorFormat } from './formats/vendor-format.ts'
import { LINE_BYTES_MAX } from './limits.ts'
import { otherDownload } from './other-download.ts'
import type { Detail, FileReason } from './reason.ts'
import { ROW_BROKEN, ROW_PHASED, ROW_UNKNOWN_ID, RowParser } from './rows/row-parser.ts'
import type { Fault } from './verdict.ts'

/** Share of rows that may be odd before they are not this vendor's rows at all. */
const FOREIGN_SHARE = 0.1
/** Lines looked at to tell what happened to a body; among so many not all are without a call. */
const SAMPLE_LINES = 20
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
  const explained = [...rows.nulLines, ...rows.longLines]
  const broken = rows.brokenLines.filter((line) => !explained.includes(line))
  const cutOff = rows.cutOffLine === undefined ? [] : [cutOffRow(rows.cutOffLine)]
  return [
    ...named('nul_bytes', rows.nulLines),
    ...named('line_too_long', rows.longLines),
    ...named(
      'bad_rows',
      [...broken, ...rows.blankLines].sort((one, other) => one - other),
    ),
    ...cutOff,
  ]
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
  const labels = [...rows.chromosomes].map((code) => CHROMOSOME_LABELS[code]!)
  // An export begins with the autosomes, on one of which its whole head may stand.
  const download = labels.some((label) => Number(label) <= AUTOSOMES) ? undefined : otherDownload(labels)
  return download ? [fault('vendor_unsupported', download)] : []
}

interface FirstRows {
  count: number
  phased: number
  /** Rows with something unknown in them besides the id. */
  unknown: number
  brokenLines: number[]
  nulLines: number[]
  longLines: number[]
  /** The first line of each gap between rows; what follows the last row is harmless. */
  blankLines: number[]
  cutOffLine: number | undefined
  /** Codes of the chromosomes that complete rows are on. */
  chromosomes: Set<number>
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
    longLines: [],
    blankLines: [],
    cutOffLine: undefined,
    chromosomes: new Set(),
  }
  let line = linesBefore
  let blankLine = 0
  for (let start = bodyStart; start < head.length; ) {
    const newline = head.indexOf(0x0a, start)
    if (newline === -1 && !whole) break
    const end = newline === -1 ? head.length : newline
    const textEnd = end > start && head[end - 1] === 0x0d ? end - 1 : end
    line++
    const flaws = textEnd === start ? -1 : parser.parse(head, start, textEnd)
    if (newline === -1 && flaws === ROW_BROKEN && !head.subarray(start, textEnd).includes(0))
      rows.cutOffLine = line
    else if (flaws === -1) blankLine ||= line
    else {
      rows.count++
      if (blankLine > 0) rows.blankLines.push(blankLine)
      blankLine = 0
      if (flaws === ROW_PHASED) rows.phased++
      else if (flaws === ROW_BROKEN) {
        rows.brokenLines.push(line)
        if (head.subarray(start, textEnd).includes(0)) rows.nulLines.push(line)
        else if (textEnd - start > LINE_BYTES_MAX) rows.longLines.push(line)
      } else {
        if ((flaws & ~ROW_UNKNOWN_ID) > 0) rows.unknown++
        if (parser.chromosome !== 0) rows.chromosomes.add(parser.chromosome)
      }
    }
    start = end + 1
  }
  return rows
}

/** Why the body is not the vendor's: what a spreadsheet or an editor did to it, or not the vendor's at all. */
function foreignBody(head: Uint8Array, { bodyStart, layout: { format } }: ExportHead): Fault {
  const sample = new TextDecoder('latin1')
    .decode(head.subarray(bodyStart, bodyStart + 2_000))
    .split(/\r?\n/, SAMPLE_LINES)
  const separatedBy = (separator: string, quote: string) =>
    sample.some((line) =>
      new RegExp(
        `^${quote}[^\\s,;"]+${quote}${separator}${quote}\\w{1,2}${quote}${separator}${quote}\\d+${quote}${separator}`,
      ).test(line),
    )
  if (format.separator === '\t' && separatedBy(' +', '')) return fault('file_modified', 'spaces_for_tabs')
  const spreadsheet = format.quoted
    ? separatedBy('[,;]', '') || separatedBy(';', '"')
    : separatedBy('[,;]', '"?') || separatedBy('\\t', '"')
  if (spreadsheet) return fault('file_modified', 'spreadsheet')
  const rewritten = rewriting(sample, format)
  if (rewritten) return fault('file_modified', rewritten)
  return fault('format_unrecognized', 'header_body_mismatch')
}

/**
 * How rows were changed that are the vendor's but for a `chr` before the chromosome, or for calls in lower case, as other
 * tools write them.
 */
function rewriting(lines: readonly string[], format: VendorFormat): Detail | undefined {
  for (const line of lines) {
    const fields = line.split(format.separator).map((field) => field.replaceAll('"', ''))
    const [, chromosome = '', position = '', ...alleles] = fields
    const calls = alleles.join('')
    if (!/^\d{1,9}$/.test(position) || !/^[ACGTDI0-]{1,2}$/i.test(calls)) continue
    if (/^chr(\d{1,2}|[XYM]|XY|MT)$/i.test(chromosome)) return 'bad_rows'
    if (format.chromosomes[chromosome] !== undefined && calls !== calls.toUpperCase()) return 'unknown_rows'
  }
  return undefined
}

function lineTooLong(head: Uint8Array, { bodyStart, linesBefore }: ExportHead): Fault {
  const detail = head.subarray(bodyStart).includes(0) ? 'nul_bytes' : 'line_too_long'
  return { ...fault('file_modified', detail), line: linesBefore + 1 }
}

const fault = (reason: FileReason, detail: Detail): Fault => ({ reason, detail })

const cutOffRow = (line: number): Fault => ({ ...fault('file_incomplete', 'cut_off_row'), line })

const named = (detail: Detail, lines: readonly number[]): Fault[] =>
  lines.slice(0, LINES_NAMED_MAX).map((line) => ({ ...fault('file_modified', detail), line }))
