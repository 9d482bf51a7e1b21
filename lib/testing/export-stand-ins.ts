import type { Analyzer } from '#lib/analysis/analyzer.ts'
import { judgeQuality } from '#lib/analysis/judge-quality.ts'
import { type ExportSummary, summariseExport } from '#lib/genotype/export-summary.ts'
import { RowTally } from '#lib/genotype/rows/row-tally.ts'

/** The summary of a file, as a check would measure it. */
export const aSummary = (numbers: Partial<ExportSummary> = {}): ExportSummary => ({
  ...summariseExport(new RowTally(), { vendor: '23andme', statedBuild: 37, comments: [] }),
  rows: 600_000,
  autosomalCallRate: 0.99,
  ...numbers,
})

/** An analyzer for tests whose files are not exports: takes the summary of the verification, publishes only the original. */
export const publishOriginal: Analyzer = async ({ input, settings, original }) => ({
  qc: { vendor: input.vendor, summary: input.summary },
  checks: judgeQuality(input.summary, settings),
  files: [{ fileType: 'array-zip', extension: 'zip', path: original }],
})

/** Beside the original something that an analysis made, of the same bytes. */
export const publishTwo: Analyzer = async (job, signal) => {
  const made = await publishOriginal(job, signal)
  return { ...made, files: [...made.files, { fileType: 'qc-json', extension: 'json', path: job.original }] }
}
