import { parse } from 'csv-parse/browser/esm/sync'
import type { RNotation } from './destination.ts'
import { refuseClientId } from './refuse-client-id.ts'
import { isLocalPath, refuseSourceUrl } from './source-url.ts'

export const MAP_COLUMNS = ['client_id', 'r_notation', 'path'] as const
export const MAP_ROWS_MAX = 100_000
/** One hundred thousand rows with long URLs, twice. */
export const MAP_BYTES_MAX = 134_217_728
/** Of one row; beyond it a quote was left open. */
const ROW_CHARACTERS_MAX = 16_384

export interface MapRow {
  /** Of the file, from 1 on; the header is a line too. */
  line: number
  clientId: string
  rNotation: RNotation
  url: string
}

/** Something wrong with a map: where, and what in words. Never what stands there: a presigned URL opens its file. */
export interface MapFault {
  line: number
  column?: (typeof MAP_COLUMNS)[number]
  message: string
}

export type MapVerdict = { rows: MapRow[]; faults?: undefined } | { rows?: undefined; faults: MapFault[] }

/** Why a URL that is one cannot be used all the same, such as that it has expired, in words. */
type RefuseUrl = (url: string) => string | undefined

/**
 * Judge a FASTQ map, `client_id,r_notation,path`: all its rows, or everything that is wrong with it, in the order of its
 * lines. Judges at most MAP_BYTES_MAX bytes and MAP_ROWS_MAX rows.
 */
export function readMap(
  map: Uint8Array | string,
  { refuseUrl = () => undefined }: { refuseUrl?: RefuseUrl } = {},
): MapVerdict {
  if (map.length > MAP_BYTES_MAX) {
    return { faults: [{ line: 1, message: `A map has at most ${MAP_BYTES_MAX} bytes` }] }
  }
  const text = typeof map === 'string' ? map : decode(map)
  if (text === undefined) return { faults: [{ line: 1, message: 'The file is not UTF-8 text' }] }
  const bare = text.replace(/^\ufeff/, '')
  const faults: MapFault[] = []
  if (bare !== text) {
    faults.push({ line: 1, message: 'The file begins with a byte order mark: save it as UTF-8 without one' })
  }
  const records = recordsOf(bare, faults)
  const header = refuseHeader(records.shift())
  // Without the right columns every row would be wrong.
  if (header !== undefined) return { faults: [...faults, header] }
  const rows = readRows(records, { faults, refuseUrl })
  if (records.length > MAP_ROWS_MAX) {
    faults.push({ line: records.at(-1)!.line, message: `A map has at most ${MAP_ROWS_MAX} rows` })
  } else if (records.length === 0 && faults.length === 0) {
    faults.push({ line: 1, message: 'No FASTQ files found: there are no rows below the header' })
  }
  return faults.length === 0 ? { rows } : { faults: faults.sort((one, other) => one.line - other.line) }
}

interface MapRecord {
  line: number
  cells: string[]
}

/** Lines cut into cells; blank ones are left out. */
function recordsOf(text: string, faults: MapFault[]): MapRecord[] {
  const parsed = parse(text, {
    info: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: ROW_CHARACTERS_MAX,
    // The header, and one row more than there may be.
    to: MAP_ROWS_MAX + 2,
    on_skip: (error) => {
      const line = Number(error?.lines ?? 1)
      // The parser comes back to where it stumbled.
      if (faults.at(-1)?.line === line) return
      const tooLong = error?.code === 'CSV_MAX_RECORD_SIZE'
      faults.push({ line, message: tooLong ? 'The row is too long' : 'A quotation mark is out of place' })
    },
  }) as unknown as { info: { lines: number }; record: string[] }[]
  return parsed
    .map(({ info, record }) => ({ line: info.lines, cells: record }))
    .filter(({ cells }) => cells.length > 1 || cells[0]!.trim() !== '')
}

function refuseHeader(header: MapRecord | undefined): MapFault | undefined {
  const expected = MAP_COLUMNS.join(',')
  const line = header?.line ?? 1
  const named = (header?.cells ?? []).map((cell) => cell.trim().toLowerCase())
  if (named.join(',') === expected) return undefined
  if (named.toSorted().join(',') === MAP_COLUMNS.toSorted().join(',')) {
    return { line, message: `The columns must stand in this order: ${expected}` }
  }
  const separated = named.length === 1 && /^client_id *[;\t]/.test(named[0]!)
  const hint = separated ? ', separated by commas' : ''
  return { line, message: `Unexpected CSV header. Expected: ${MAP_COLUMNS.join(', ')}${hint}` }
}

function readRows(
  records: readonly MapRecord[],
  { faults, refuseUrl }: { faults: MapFault[]; refuseUrl: RefuseUrl },
): MapRow[] {
  const whole = records.slice(0, MAP_ROWS_MAX).filter(({ line, cells }) => {
    if (cells.length === MAP_COLUMNS.length) return true
    faults.push({ line, message: `The row has ${cells.length} of 3 columns` })
    return false
  })
  const mixed =
    whole.some(({ cells }) => isLocalPath(cells[2]!)) && whole.some(({ cells }) => !isLocalPath(cells[2]!))
  const rows: MapRow[] = []
  for (const { line, cells } of whole) {
    const [clientId, notation, url] = cells as [string, string, string]
    const badId = refuseClientId(clientId)
    if (badId !== undefined) faults.push({ line, column: 'client_id', message: badId })
    const rNotation = rNotationOf(notation)
    if (rNotation === undefined) {
      const message = 'Wrong R notation. Valid R notations are: R1, R2, r1, r2'
      faults.push({ line, column: 'r_notation', message })
    }
    const badUrl = mixed && isLocalPath(url) ? MIXED : (refuseSourceUrl(url) ?? refuseUrl(url))
    if (badUrl !== undefined) faults.push({ line, column: 'path', message: badUrl })
    if (rNotation !== undefined) rows.push({ line, clientId, rNotation, url })
  }
  refusePairs(rows, faults)
  return rows
}

const MIXED =
  "Detected both URLs and file paths in 'path' column. Please only supply one type of path in the map file: URLs"

const rNotationOf = (cell: string): RNotation | undefined =>
  cell === 'R1' || cell === 'r1' ? 'R1' : cell === 'R2' || cell === 'r2' ? 'R2' : undefined

/** What only shows when rows are seen together: one named twice, R2 alone, one file as both. */
function refusePairs(rows: readonly MapRow[], faults: MapFault[]): void {
  const first = { R1: new Map<string, MapRow>(), R2: new Map<string, MapRow>() }
  for (const row of rows) {
    const before = first[row.rNotation].get(row.clientId)
    if (before === undefined) first[row.rNotation].set(row.clientId, row)
    else faults.push({ line: row.line, message: `client_id and r_notation are those of line ${before.line}` })
  }
  for (const [clientId, { line, url }] of first.R2) {
    const r1 = first.R1.get(clientId)
    if (r1 === undefined) {
      faults.push({ line, column: 'r_notation', message: 'R2 without an R1 of the same client_id' })
    } else if (withoutQuery(url) === withoutQuery(r1.url)) {
      faults.push({ line, column: 'path', message: `R2 is the same file as R1 in line ${r1.line}` })
    }
  }
}

const withoutQuery = (url: string): string => url.split('?')[0]!

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}
