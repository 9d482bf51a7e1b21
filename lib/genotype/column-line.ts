import type { FirstLines } from './first-lines.ts'
import type { VendorFormat } from './formats/vendor-format.ts'

/** A line that names the columns, whatever it is separated with. */
export interface ColumnLine {
  names: readonly string[]
  separator: 'tab' | 'comma' | 'semicolon' | 'spaces'
  commented: boolean
  /** Spreadsheets leave empty cells behind. */
  emptyCells: boolean
  /** Lines before the first row. */
  linesBefore: number
}

const SEPARATORS = [
  ['tab', /\t/],
  ['semicolon', /;/],
  ['comma', /,/],
  ['spaces', / +/],
] as const

/** Column lines are short; a longer one is none, and would cost the patterns below time. */
const COLUMN_LINE_CHARACTERS_MAX = 300

/** The column line of a text: its last comment, or the line behind it. Undefined when neither starts with an rsid column. */
export function findColumnLine({ lines, comments }: FirstLines): ColumnLine | undefined {
  const behind = lines[comments.length]
  return (
    (behind === undefined ? undefined : readColumnLine(behind, comments.length + 1)) ??
    readColumnLine(comments.at(-1) ?? '', comments.length)
  )
}

function readColumnLine(line: string, linesBefore: number): ColumnLine | undefined {
  if (line.length > COLUMN_LINE_CHARACTERS_MAX) return undefined
  const commented = /^"?#/.test(line)
  const bare = line.replace(/^"?#\s*/, '').trimEnd()
  const separator = SEPARATORS.find(([, pattern]) => pattern.test(bare))
  if (!separator || !/^"?rsid\b/i.test(bare)) return undefined
  const cells = bare.split(separator[1]).map((cell) => cell.replaceAll('"', '').trim().toLowerCase())
  const names = cells.filter((cell) => cell !== '')
  const emptyCells = names.length < cells.length || /[\t,;]\s*$/.test(line)
  return { names, separator: separator[0], commented, emptyCells, linesBefore }
}

/** Whether the columns are the vendor's, however they are separated. */
export function namesColumnsOf(format: VendorFormat, { names, commented }: ColumnLine): boolean {
  return (
    commented === format.columnsCommented &&
    format.columns.some(
      (columns) => columns.length === names.length && columns.every((name, index) => name === names[index]),
    )
  )
}
