import { type ExportSummary, summariseExport } from '#lib/genotype/export-summary.ts'
import { RowTally } from '#lib/genotype/rows/row-tally.ts'

/** The numbers of a file, as a check would measure them. */
export const aSummary = (numbers: Partial<ExportSummary> = {}): ExportSummary => ({
  ...summariseExport(new RowTally(), { vendor: '23andme', statedBuild: 37, comments: [] }),
  rows: 600_000,
  autosomalCallRate: 0.99,
  ...numbers,
})
