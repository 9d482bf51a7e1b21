import { z } from 'zod'
import { IMPUTATION_KEYS } from '#lib/analysis/imputation/judge/imputation-rules.ts'
import { QUALITY_KEYS } from '#lib/analysis/quality-rules.ts'
import type { ExportedSample } from './overviews-table.ts'

const Measured = z.object({
  checks: z.array(z.object({ key: z.string(), measured: z.union([z.number(), z.boolean(), z.null()]) })),
})

/**
 * What a check has measured of the sample; empty where it measured nothing. A check of true or false measures whether all
 * is well, and its key names the fault: the column says whether that is there.
 */
function measuredBy(key: string): (sample: ExportedSample) => string {
  return ({ qc }) => {
    const check = Measured.safeParse(qc).data?.checks.find((one) => one.key === key)
    const measured = check?.measured ?? ''
    return String(typeof measured === 'boolean' ? !measured : measured)
  }
}

const OF_SAMPLE: Record<string, (sample: ExportedSample) => string> = {
  id: ({ id }) => id,
  client_id: ({ client_id }) => client_id,
  project_id: ({ project_id }) => project_id,
  // Of the day it was created, in UTC.
  year: ({ created }) => String(created.getUTCFullYear()),
  month: ({ created }) => String(created.getUTCMonth() + 1),
  day: ({ created }) => String(created.getUTCDate()),
  status: ({ status }) => status,
  sex_string: ({ inferred_sex }) => inferred_sex ?? '',
  call_rate_min: measuredBy('low_call_rate'),
}

const CHECKS = [...QUALITY_KEYS, ...IMPUTATION_KEYS]

/** Columns that Gencove's reports have of sequencing; none of it is measured here, so they are empty. */
const OF_SEQUENCING = [
  ...['raw_coverage', 'bases_min', 'bases_max', 'bases_dedup_min', 'bases_dedup_mapped_min'],
  ...['fraction_contamination_max', 'snps_min', 'effective_coverage_min', 'hzy_max', 'cc_min', 'nhref_min'],
  ...['nhet_max', 'nhalt_min', 'pct_target_bases_30x_min', 'pathogenic_min', 'ancestries'],
]

const COLUMNS = new Map<string, (sample: ExportedSample) => string>([
  ...Object.entries(OF_SAMPLE),
  ...CHECKS.map((key): [string, (sample: ExportedSample) => string] => [key, measuredBy(key)]),
  ...OF_SEQUENCING.map((name): [string, () => string] => [name, () => '']),
])

/** The columns of a report for which none were asked. */
const USUAL = [...Object.keys(OF_SAMPLE), ...QUALITY_KEYS]

/** Query of `GET project-qc-report/{project}`: names separated by commas, in the order of the columns. */
export const QualityReportQuery = z.object({
  columns: z
    .string()
    .default(USUAL.join(','))
    .transform((text, context) => {
      const names = text.split(',').map((name) => name.trim())
      const unknown = names.filter((name) => !COLUMNS.has(name))
      if (unknown.length === 0) return names
      const shown = unknown.map((name) => JSON.stringify(name.slice(0, 60))).slice(0, 10)
      const message = `There are no such columns: ${shown.join(', ')}. There are: ${[...COLUMNS.keys()].join(', ')}.`
      context.addIssue({ code: 'custom', message })
      return z.NEVER
    }),
})

/** A sample as a row with these columns. */
export const qualityRow = (sample: ExportedSample, columns: readonly string[]): string[] =>
  columns.map((name) => COLUMNS.get(name)!(sample))
