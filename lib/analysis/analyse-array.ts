import type { Analyzer } from './analyzer.ts'
import { judgeQuality } from './judge-quality.ts'

/** The analysis of an array export: the numbers its verification measured, judged by the project's thresholds. */
export const analyseArray: Analyzer = async ({ input, settings, original }) => ({
  qc: { vendor: input.vendor, summary: input.summary },
  checks: judgeQuality(input.summary, settings),
  files: [{ fileType: 'array-zip', extension: 'zip', path: original }],
})
