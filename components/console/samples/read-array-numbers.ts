import { percentDown } from '#lib/analysis/percent.ts'
import { typicalOf, usualCallRate, usualRows } from '#lib/analysis/report/usual-figures.ts'
import type { ExportSummary } from '#lib/genotype/export-summary.ts'
import type { FactCard } from './fact-cards.tsx'

export interface ArrayNumbers {
  facts: FactCard[]
  /** What the plots are drawn from. */
  summary: ExportSummary
}

const COUNT = new Intl.NumberFormat('en')

/** What the analysis of an array export measured; undefined for a sample of another kind, or without an analysis. */
export function readArrayNumbers(qc: unknown): ArrayNumbers | undefined {
  const summary = (qc as { summary?: Partial<ExportSummary> } | null)?.summary
  if (!summary?.byChromosome || summary.callRate === undefined) return undefined
  const {
    rows = 0,
    callRate,
    autosomalCallRate = 0,
    autosomalHeterozygosity = null,
    inferredSex = 'undetermined',
    chip,
  } = summary
  const typical = typicalOf(chip?.name ?? null)
  const build = summary.positionBuild ?? summary.statedBuild ?? null
  return {
    facts: [
      { label: 'Rows', value: COUNT.format(rows), more: usualRows(typical, rows) ?? '' },
      {
        label: 'Call rate, autosomes',
        value: percentDown(autosomalCallRate),
        more: usualCallRate(typical, autosomalCallRate) ?? '',
      },
      { label: 'Rows with a call, of all', value: percentDown(callRate), more: '' },
      {
        label: 'Heterozygosity, autosomes',
        value: autosomalHeterozygosity === null ? '–' : percentDown(autosomalHeterozygosity),
        more: '',
      },
      { label: 'Sex by X and Y', value: inferredSex, more: '' },
      { label: 'Chip', value: chip?.name ?? 'not recognised', more: '' },
      { label: 'Reference build', value: build === null ? 'unknown' : String(build), more: '' },
    ],
    summary: summary as ExportSummary,
  }
}
