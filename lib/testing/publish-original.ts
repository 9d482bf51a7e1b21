import type { Analyzer } from '#lib/analysis/analyzer.ts'
import { judgeQuality } from '#lib/analysis/judge-quality.ts'

/** For tests whose files are no exports: the numbers of the verification as they are, and the original alone. */
export const publishOriginal: Analyzer = async ({ input, settings, original }) => ({
  qc: { vendor: input.vendor, summary: input.summary },
  checks: judgeQuality(input.summary, settings),
  files: [{ fileType: 'array-zip', extension: 'zip', path: original }],
})
