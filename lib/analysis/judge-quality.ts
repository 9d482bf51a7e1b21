import type { ExportSummary } from '#lib/genotype/export-summary.ts'
import type { Vendor } from '#lib/genotype/verdict.ts'
import type { ProjectSettings } from '#lib/projects/project.ts'

/** One thing that was measured against a threshold of the project. */
export interface QualityCheck {
  /** Closed list; also the code of the note when it fails. */
  key: 'low_call_rate'
  status: 'succeeded' | 'failed'
  expected: number
  measured: number
  /** In words, for the sample's history; empty when passed. */
  note: string
}

/** What is stored as the `qc` of a sample: every number of the file, and how it was judged. */
export interface Quality {
  vendor: Vendor
  summary: ExportSummary
  checks: QualityCheck[]
}

/**
 * Judge the numbers of an accepted file by the project's thresholds. The call rate is that of the autosomes: a
 * woman's Y rows are no calls by nature.
 */
export function judgeQuality(
  vendor: Vendor,
  summary: ExportSummary,
  { callRateMin }: Pick<ProjectSettings, 'callRateMin'>,
): { qc: Quality; failures: QualityCheck[] } {
  const measured = summary.autosomalCallRate
  const failed = measured < callRateMin
  const callRate: QualityCheck = {
    key: 'low_call_rate',
    status: failed ? 'failed' : 'succeeded',
    expected: callRateMin,
    measured,
    note: failed
      ? `low_call_rate: ${percent(measured)} of the autosomal rows have a call; the project asks for ${percent(callRateMin)}.`
      : '',
  }
  const checks = [callRate]
  return { qc: { vendor, summary, checks }, failures: checks.filter(({ status }) => status === 'failed') }
}

const percent = (share: number) => `${(share * 100).toFixed(1)} %`
