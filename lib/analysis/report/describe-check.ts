import { findQualityRule } from '../find-quality-rule.ts'
import { percentBeside, percentDown, percentOfLimit, percentReaching } from '../percent.ts'
import type { QualityDocument } from './quality-document.ts'

/** A check as the report has it, or as a sample keeps it; an operator's command may have measured text. */
export interface JudgedCheck extends Pick<QualityDocument['checks'][number], 'key' | 'status' | 'note'> {
  expected: number | boolean | string | null
  measured: number | boolean | string | null
}

/** What people read of a check, in the report and on the sample's page. */
export interface CheckWords {
  measured: string
  asked: string
  /** `Allowed`: not as it should be, but the project does not ask for it. `Not told`: nothing could be measured. */
  result: 'Passed' | 'Failed' | 'Allowed' | 'Not told' | 'Not asked'
}

export function describeCheck({ key, status, expected, measured, note }: JudgedCheck): CheckWords {
  const isMost = findQualityRule(key)?.bound === 'at_most'
  return {
    measured:
      typeof measured === 'number'
        ? (isMost ? percentBeside : percentReaching)(measured, numberOf(expected))
        : say(measured),
    asked:
      typeof expected === 'number' ? `${isMost ? '≤' : '≥'}\u00a0${percentOfLimit(expected)}` : say(expected),
    result: RESULTS[status] ?? (note !== '' ? 'Allowed' : measured === null ? 'Not told' : 'Not asked'),
  }
}

const RESULTS: Partial<Record<JudgedCheck['status'], CheckWords['result']>> = {
  succeeded: 'Passed',
  failed: 'Failed',
}

const numberOf = (value: JudgedCheck['expected']) => (typeof value === 'number' ? value : null)

function say(value: JudgedCheck['measured']): string {
  if (value === null) return '–'
  if (typeof value === 'number') return percentDown(value)
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : value
}
