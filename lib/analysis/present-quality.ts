import { z } from 'zod'
import { findQualityRule, nameQualityCheck } from './find-quality-rule.ts'
import { percentBeside, percentReaching } from './percent.ts'

/** Text of a value has no more characters: Gencove's shape says so, and typed clients hold it to that. */
const VALUE_CHARACTERS_MAX = 128

const Value = z.union([z.number(), z.boolean(), z.string(), z.null()])

/** A kind of check, in Gencove's shape. */
export const QualityControlType = z.object({
  key: z.string(),
  /** `bool`, or `float` for a share between 0 and 1. */
  type: z.enum(['bool', 'float']),
  name: z.string(),
  description_markdown: z.string(),
  display_type: z.enum(['boolean', 'percentage']),
  display_only_if_failed: z.boolean(),
})
export type QualityControlType = z.infer<typeof QualityControlType>

/** One check as `GET sample-quality-controls/{id}` lists it, in Gencove's shape. */
export const QualityControl = z.object({
  quality_control_type: QualityControlType,
  quality_control: z.object({
    /** Numbers alone; what is true or false is in `value_string`. */
    value_expected: z.number().nullable(),
    value_measured: z.number().nullable(),
    value_string: z.string().max(VALUE_CHARACTERS_MAX),
    status: z.enum(['succeeded', 'failed', 'skipped']),
  }),
})
export type QualityControl = z.infer<typeof QualityControl>

/** What of a sample's `qc` is listed: checks of ours and of an operator's command. */
const Stored = z.object({
  /** There for FASTQ files alone. */
  fastq: z.unknown().optional(),
  checks: z.array(
    z.object({
      key: z.string(),
      status: z.enum(['succeeded', 'failed', 'skipped']),
      expected: Value,
      measured: Value,
      note: z.string(),
    }),
  ),
})
type StoredCheck = z.infer<typeof Stored>['checks'][number]

/** Gencove's own first check. A file that has been analysed has passed it: others are refused on the page. */
export const FORMAT: QualityControl = {
  quality_control_type: {
    key: 'format',
    type: 'bool',
    name: 'File format',
    description_markdown: 'Whether the file is an unmodified raw data file of a vendor that is accepted.',
    display_type: 'boolean',
    display_only_if_failed: false,
  },
  quality_control: { value_expected: null, value_measured: null, value_string: 'yes', status: 'succeeded' },
}

/** The same of FASTQ files, in Gencove's words. Others end as `failed`, with the line at fault. */
export const FASTQ_FORMAT: QualityControl = {
  ...FORMAT,
  quality_control_type: {
    ...FORMAT.quality_control_type,
    name: 'Valid FASTQ format',
    description_markdown:
      'Whether the files are FASTQ, packed with gzip, whole, and in step where they are a pair.',
  },
}

/** The `qc` of a sample as a list of checks; empty before its analysis. */
export function presentQuality(qc: unknown): QualityControl[] {
  const stored = Stored.safeParse(qc)
  if (!stored.success) return []
  return [stored.data.fastq ? FASTQ_FORMAT : FORMAT, ...stored.data.checks.map(presentCheck)]
}

/** The kind of a check by its key; that of an operator's command says nothing of itself, only what it measured. */
export function presentQualityType(key: string, measured?: unknown): QualityControlType {
  const rule = findQualityRule(key)
  const isShare = rule ? rule.bound !== 'is' : typeof measured === 'number'
  return {
    key,
    type: isShare ? 'float' : 'bool',
    name: nameQualityCheck(key),
    description_markdown: rule?.description ?? '',
    display_type: isShare ? 'percentage' : 'boolean',
    display_only_if_failed: false,
  }
}

function presentCheck({ key, status, expected, measured, note }: StoredCheck): QualityControl {
  return {
    quality_control_type: presentQualityType(key, expected ?? measured),
    quality_control: {
      value_expected: numberOrNull(expected),
      value_measured: numberOrNull(measured),
      value_string: shortened(note || measuredText(key, measured, expected)),
      status,
    },
  }
}

const numberOrNull = (value: StoredCheck['measured']) => (typeof value === 'number' ? value : null)

/** The beginning of a text that is too long, cut between characters. The whole note is in the sample's history. */
function shortened(text: string): string {
  if (text.length <= VALUE_CHARACTERS_MAX) return text
  return `${text.slice(0, VALUE_CHARACTERS_MAX - 1).replace(/[\ud800-\udbff]$/, '')}…`
}

function measuredText(
  key: string,
  measured: StoredCheck['measured'],
  expected: StoredCheck['expected'],
): string {
  if (typeof measured === 'boolean') return measured ? 'yes' : 'no'
  if (typeof measured !== 'number') return measured ?? ''
  return findQualityRule(key)?.bound === 'at_most'
    ? percentBeside(measured, numberOrNull(expected))
    : percentReaching(measured, numberOrNull(expected))
}
