import type { ExportSummary } from '#lib/genotype/export-summary.ts'
import type { ProjectSettings } from '#lib/projects/project.ts'
import { percentDown } from './percent.ts'
import {
  QUALITY_KEYS,
  QUALITY_RULES,
  type QualityKey,
  type QualityRule,
  type QualityValue,
} from './quality-rules.ts'

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
  QUALITY_KEYS.map((key) => judge(key, summary, settings))

function judge(key: QualityKey, summary: ExportSummary, settings: ProjectSettings): QualityCheck {
  const rule = QUALITY_RULES[key]
  const expected = rule.expected(settings)
  const measured = rule.measured(summary)
  if (measured === null) return { key, status: 'skipped', expected, measured, note: '' }
  if (expected === null) {
    // Nobody asks, but people want to know of what should be the case.
    const note = measured === false ? `${key}: ${rule.fault(summary)}; the project allows it.` : ''
    return { key, status: 'skipped', expected, measured, note }
  }
  if (isSound(rule, measured, expected)) return { key, status: 'succeeded', expected, measured, note: '' }
  const asked = typeof expected === 'number' ? `; the project asks for ${askFor(rule, expected)}` : ''
  return { key, status: 'failed', expected, measured, note: `${key}: ${rule.fault(summary)}${asked}.` }
}

function isSound({ bound }: QualityRule, measured: QualityValue, expected: QualityValue): boolean {
  if (bound === 'is') return measured === expected
  const [value, threshold] = [Number(measured), Number(expected)]
  return bound === 'at_least' ? value >= threshold : value <= threshold
}

const askFor = ({ bound }: QualityRule, threshold: number): string =>
  `${bound === 'at_least' ? 'at least' : 'at most'} ${percentDown(threshold)}`
