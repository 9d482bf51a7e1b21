import type { RowLayout } from './rows/row-parser.ts'
import type { Build } from './verdict.ts'

/** What the head of an export tells the reader of the rows after it. */
export interface ExportHead {
  layout: RowLayout
  statedBuild: Build | undefined
  /** Comment lines; they hold personal data and are never carried further. */
  comments: readonly string[]
  /** Where the first row starts: bytes before it, and lines before it. */
  bodyStart: number
  linesBefore: number
}
