import { stringify } from 'csv-stringify/sync'
import { failedChecks } from '#lib/samples/wire.ts'
import { wireTime } from '#lib/wire/fields.ts'
import type { ExportedSample } from './overviews-table.ts'

const COLUMNS: Record<string, (sample: ExportedSample) => string> = {
  id: ({ id }) => id,
  client_id: ({ client_id }) => client_id,
  project: ({ project_id }) => project_id,
  status: ({ status }) => status,
  note: ({ status_note }) => status_note,
  status_since: ({ status_at }) => wireTime(status_at),
  created: ({ created }) => wireTime(created),
  modified: ({ modified }) => wireTime(modified),
  vendor: ({ vendor }) => vendor ?? '',
  reason: ({ reason }) => reason ?? '',
  failed_qc: ({ qc }) => failedChecks(qc)?.join(' ') ?? '',
  metadata: ({ metadata }) => metadata ?? '',
}

/** Starts a formula in some spreadsheet, in ASCII or full width. */
const FORMULA = /^[-=+@\t\r＝＋－＠]/
/** JSON's numbers, such as `-5`: nothing in them can run. */
const NUMBER = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i

/** Lines of CSV (RFC 4180). A cell that a spreadsheet would take for a formula begins with an apostrophe. */
export const writeCsv = (rows: string[][]): string =>
  stringify(
    rows.map((row) => row.map((cell) => (FORMULA.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell))),
    { record_delimiter: 'windows' },
  )

/** The first line, behind the mark by which spreadsheets know UTF-8. */
export const writeOverviewHeader = (): string => `\ufeff${writeCsv([Object.keys(COLUMNS)])}`

/** Lines of the file. */
export const writeOverviewRows = (samples: readonly ExportedSample[]): string =>
  writeCsv(samples.map((sample) => Object.values(COLUMNS).map((cell) => cell(sample))))
