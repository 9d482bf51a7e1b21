import { CHROMOSOME_LABELS } from '#lib/genotype/chromosomes.ts'
import type { ExportSummary } from '#lib/genotype/export-summary.ts'
import { readSexEvidence } from '#lib/genotype/infer-sex.ts'
import type { QualityDocument } from './quality-document.ts'

/** What the plots are drawn from: in the report, and on the sample's page of the console. */
export interface Plotted {
  checks: readonly Pick<QualityDocument['checks'][number], 'key' | 'expected'>[]
  sex: QualityDocument['sex']
  chromosomes: QualityDocument['chromosomes']
  density: QualityDocument['density']
}

/** Scales are the same for every sample and for a whole project, so that what is drawn by them can be laid side by side. */
export const CALL_RATE_SCALE = { from: 0.75, to: 1 } as const
export const HETEROZYGOSITY_SCALE = { from: 0, to: 0.5 } as const

const TICKS = 5

export const ticksBetween = ({ from, to }: { from: number; to: number }): number[] =>
  Array.from({ length: TICKS + 1 }, (_, at) => from + ((to - from) * at) / TICKS)

/** The numbers of a measured file in the form that the plots take. */
export const plottedOf = (summary: ExportSummary, checks: Plotted['checks']): Plotted => ({
  checks,
  sex: wireSex(summary),
  chromosomes: wireChromosomes(summary),
  density: summary.density ? { bin_bases: summary.density.binBases, rows: summary.density.rowsOf } : null,
})

function wireSex({ inferredSex, sexEvidence }: ExportSummary): QualityDocument['sex'] {
  const { byX, byY, xHeterozygosity, yCallRate } = readSexEvidence(sexEvidence)
  return {
    inferred: inferredSex,
    by_x: byX,
    by_y: byY,
    x_calls: sexEvidence.xCalls,
    x_heterozygous: sexEvidence.xHeterozygous,
    x_heterozygosity: xHeterozygosity,
    y_rows: sexEvidence.yRows,
    y_calls: sexEvidence.yCalls,
    y_call_rate: yCallRate,
  }
}

/** In the order of the genome: the database keeps the members of an object in an order of its own. */
function wireChromosomes({ byChromosome }: ExportSummary): QualityDocument['chromosomes'] {
  return CHROMOSOME_LABELS.flatMap((chromosome) => {
    const numbers = byChromosome[chromosome]
    if (!numbers) return []
    const { rows, calls, noCalls, heterozygous, heterozygosity, haploid, indels } = numbers
    return {
      chromosome,
      rows,
      calls,
      no_calls: noCalls,
      call_rate: calls / rows,
      heterozygous,
      heterozygosity,
      haploid,
      indels,
    }
  })
}
