import type { ExportSummary } from '#lib/genotype/export-summary.ts'
import type { ProjectSettings } from '#lib/projects/project.ts'
import { percentOfLimit } from './percent.ts'
import type { QualityRule, QualityValue } from './quality-rule.ts'
import { QUALITY_KEYS, QUALITY_RULES } from './quality-rules.ts'

/** One thing that was measured against what the project asks. */
export interface QualityCheck {
  /** Also the code of the note when it fails. */
  key: string
  /** `skipped`: the project asks for nothing here, or the file does not tell. */
  status: 'succeeded' | 'failed' | 'skipped'
  expected: QualityValue
  measured: QualityValue
  /** In words, for the sample's history and the report. Empty when all is well; a skipped check may have one too. */
  note: string
}

/**
 * Judge the numbers of an accepted file by the project's thresholds: every check of the closed list, in its order. What
 * is equal to a threshold passes.
 */
export const judgeQuality = (summary: ExportSummary, settings: ProjectSettings): QualityCheck[] =>
  QUALITY_KEYS.map((key) => judgeRule(key, QUALITY_RULES[key], summary, settings))

/** Judge what was measured by one rule. */
export function judgeRule<Measured>(
  key: string,
  rule: QualityRule<Measured>,
  on: Measured,
  settings: ProjectSettings,
): QualityCheck {
  const expected = rule.expected(settings)
  const measured = rule.measured(on)
  if (measured === null) return { key, status: 'skipped', expected, measured, note: '' }
  if (expected === null) {
    // Nobody asks, but people want to know of what should be the case.
    const note = measured === false ? `${key}: ${rule.fault(on, expected)}; the project allows it.` : ''
    return { key, status: 'skipped', expected, measured, note }
  }
  if (isSound(rule, measured, expected)) return { key, status: 'succeeded', expected, measured, note: '' }
  const asked = typeof expected === 'number' ? `; the project asks for ${askFor(rule, expected)}` : ''
  return { key, status: 'failed', expected, measured, note: `${key}: ${rule.fault(on, expected)}${asked}.` }
}

type Bounded = Pick<QualityRule<never>, 'bound'>

function isSound({ bound }: Bounded, measured: QualityValue, expected: QualityValue): boolean {
  if (bound === 'is') return measured === expected
  const [value, threshold] = [Number(measured), Number(expected)]
  return bound === 'at_least' ? value >= threshold : value <= threshold
}

const askFor = ({ bound }: Bounded, threshold: number): string =>
  `${bound === 'at_least' ? 'at least' : 'at most'} ${percentOfLimit(threshold)}`
