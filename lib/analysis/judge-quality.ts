import type { ExportSummary } from '#lib/genotype/export-summary.ts'
import type { ProjectSettings } from '#lib/projects/project.ts'

/** One thing that was measured against a threshold of the project. */
export interface QualityCheck {
  /** Also the code of the note when it fails. */
  key: string
  status: 'succeeded' | 'failed'
  expected: number
  measured: number
  /** In words, for the sample's history; empty when passed. */
  note: string
}

/**
 * Judge the numbers of an accepted file by the project's thresholds. The call rate is that of the autosomes: a
 * woman's Y rows are no calls by nature.
 */
export function judgeQuality(
  summary: ExportSummary,
  { callRateMin }: Pick<ProjectSettings, 'callRateMin'>,
): QualityCheck[] {
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
  return [callRate]
}

/** Rounded down, so that a share just below a threshold is not shown as the threshold itself. */
const percent = (share: number) => `${(Math.floor(share * 1_000 + 1e-9) / 10).toFixed(1)} %`
