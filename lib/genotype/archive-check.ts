import type { ExportSummary } from './export-summary.ts'
import type { Policy, Sniffed, Verdict } from './verdict.ts'

/** What a full check may be told. All else is a constant of `limits.ts`. */
export interface ArchiveCheckOptions {
  policy: Policy
  /** Rows below which the file counts as cut off. */
  rowsMin: number
}

/** The judgement of a whole file: its container, its format, and the numbers of every row. */
export type ArchiveVerdict = Verdict<Sniffed & { summary: ExportSummary }>

/**
 * Judge the archive stored at `path` on the local disk. Too much processor time is a verdict too; a machine that stands
 * still or has no memory left is none, and rejects.
 */
export type ArchiveCheck = (path: string, options: ArchiveCheckOptions) => Promise<ArchiveVerdict>
