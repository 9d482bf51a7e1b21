import type { ExportSummary } from '#lib/genotype/export-summary.ts'

export interface ChromosomeNumbers {
  chromosome: string
  callRate: number
  /** Null without calls. */
  heterozygosity: number | null
}

export interface ArrayNumbers {
  facts: { label: string; value: string }[]
  chromosomes: ChromosomeNumbers[]
}

const ORDER = [...Array.from({ length: 22 }, (_, at) => String(at + 1)), 'X', 'XY', 'Y', 'MT']
const SHARE = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 2 })
const COUNT = new Intl.NumberFormat('en')

/** What the analysis of an array export measured; undefined for a sample of another kind, or without an analysis. */
export function readArrayNumbers(qc: unknown): ArrayNumbers | undefined {
  const summary = (qc as { summary?: Partial<ExportSummary> } | null)?.summary
  if (!summary?.byChromosome || summary.callRate === undefined) return undefined
  const { rows = 0, callRate, autosomalHeterozygosity = null, inferredSex = 'undetermined', chip } = summary
  const build = summary.positionBuild ?? summary.statedBuild ?? null
  return {
    facts: [
      { label: 'Rows', value: COUNT.format(rows) },
      { label: 'Call rate', value: SHARE.format(callRate) },
      {
        label: 'Heterozygosity, autosomes',
        value: autosomalHeterozygosity === null ? '–' : SHARE.format(autosomalHeterozygosity),
      },
      { label: 'Sex by X and Y', value: inferredSex },
      { label: 'Chip', value: chip?.name ?? 'not recognised' },
      { label: 'Reference build', value: build === null ? 'unknown' : String(build) },
    ],
    chromosomes: Object.entries(summary.byChromosome)
      .map(([chromosome, { rows: all, calls, heterozygosity }]) => ({
        chromosome,
        callRate: all === 0 ? 0 : calls / all,
        heterozygosity,
      }))
      .sort((one, other) => ORDER.indexOf(one.chromosome) - ORDER.indexOf(other.chromosome)),
  }
}
