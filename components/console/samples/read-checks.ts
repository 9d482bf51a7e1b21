import type { JudgedCheck } from '#lib/analysis/report/describe-check.ts'

/** The checks of a sample as they were judged; none before its analysis. */
export const readChecks = (qc: unknown): JudgedCheck[] =>
  (qc as { checks?: JudgedCheck[] } | null)?.checks ?? []
