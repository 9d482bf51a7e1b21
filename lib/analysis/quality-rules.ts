import type { ChromosomeSummary, ExportSummary } from '#lib/genotype/export-summary.ts'
import { readSexEvidence } from '#lib/genotype/infer-sex.ts'
import { percentBeside, percentDown } from './percent.ts'
import type { QualityRule } from './quality-rule.ts'

/** Every check of our own; each key is also the code of the note when it fails. Never renamed. */
export const QUALITY_KEYS = [
  'low_call_rate',
  'low_overall_call_rate',
  'low_chromosome_call_rate',
  'low_heterozygosity',
  'high_heterozygosity',
  'heterozygous_haploid',
  'duplicate_rows',
  'format_drift',
  'sex_inconsistent',
  'sex_undetermined',
  'build_conflict',
] as const
/** Grows with every change of what a check measures or how it judges, so that two reports can be compared. */
export const QUALITY_RULES_VERSION = 1
export type QualityKey = (typeof QUALITY_KEYS)[number]

/** Fewer rows than these say nothing about a chromosome. */
const CHROMOSOME_ROWS_MIN = 100
/** Fewer calls of one copy say nothing: a woman's stray calls on Y are always odd. */
const HAPLOID_CALLS_MIN = 200

export const QUALITY_RULES: Record<QualityKey, QualityRule<ExportSummary>> = {
  low_call_rate: {
    name: 'Call rate, autosomes',
    description: 'Share of the rows on chromosomes 1 to 22 for which the laboratory could read a genotype.',
    bound: 'at_least',
    expected: ({ callRateMin }) => callRateMin,
    measured: ({ autosomalCallRate }) => autosomalCallRate,
    fault: ({ autosomalCallRate }) => `${percentDown(autosomalCallRate)} of the autosomal rows have a call`,
  },
  low_overall_call_rate: {
    name: 'Call rate, all rows',
    description: 'The same over all rows. A woman has no Y, so its rows count as not read.',
    bound: 'at_least',
    expected: ({ overallCallRateMin }) => overallCallRateMin,
    measured: ({ callRate }) => callRate,
    fault: ({ callRate }) => `${percentDown(callRate)} of all rows have a call`,
  },
  low_chromosome_call_rate: {
    name: 'Call rate, lowest autosome',
    description: 'The lowest call rate of a single chromosome: a gap that the average would hide.',
    bound: 'at_least',
    expected: ({ chromosomeCallRateMin }) => chromosomeCallRateMin,
    measured: (summary) => lowestAutosome(summary)?.callRate ?? null,
    fault(summary) {
      const { label, callRate } = lowestAutosome(summary) ?? { label: '', callRate: 0 }
      return `${percentDown(callRate)} of the rows of chromosome ${label} have a call`
    },
  },
  low_heterozygosity: {
    name: 'Heterozygosity, lower bound',
    description:
      'Share of the autosomal calls with two different alleles. Very few mean that alleles were lost.',
    bound: 'at_least',
    expected: ({ heterozygosityMin }) => heterozygosityMin,
    measured: ({ autosomalHeterozygosity }) => autosomalHeterozygosity,
    fault: ({ autosomalHeterozygosity }) =>
      `${percentDown(autosomalHeterozygosity ?? 0)} of the autosomal calls are heterozygous`,
  },
  high_heterozygosity: {
    name: 'Heterozygosity, upper bound',
    description: 'Very many heterozygous calls mean that the material of two people was mixed.',
    bound: 'at_most',
    expected: ({ heterozygosityMax }) => heterozygosityMax,
    measured: ({ autosomalHeterozygosity }) => autosomalHeterozygosity,
    fault: ({ autosomalHeterozygosity }, asked) =>
      `${percentBeside(autosomalHeterozygosity ?? 0, asked)} of the autosomal calls are heterozygous`,
  },
  heterozygous_haploid: {
    name: 'Two alleles where there is one copy',
    description:
      'Share of heterozygous calls on mitochondria, Y and a man’s X. Many hint at a contaminated sample.',
    bound: 'at_most',
    expected: ({ heterozygousHaploidMax }) => heterozygousHaploidMax,
    measured: heterozygousHaploidShare,
    fault: (summary, asked) =>
      `${percentBeside(heterozygousHaploidShare(summary) ?? 0, asked)} of the calls of a single copy show two alleles`,
  },
  duplicate_rows: {
    name: 'Duplicate rows',
    description: 'Share of rows whose id occurred before.',
    bound: 'at_most',
    expected: ({ duplicatesMax }) => duplicatesMax,
    measured: duplicatesShare,
    fault: (summary, asked) =>
      `${percentBeside(duplicatesShare(summary) ?? 0, asked)} of the rows repeat the id of another`,
  },
  format_drift: {
    name: 'Unknown rows',
    description:
      'Share of rows with ids, chromosomes, alleles or an order that the vendor did not write before.',
    bound: 'at_most',
    expected: ({ driftMax }) => driftMax,
    measured: driftShare,
    fault: (summary, asked) =>
      `${percentBeside(driftShare(summary) ?? 0, asked)} of the rows are not as the vendor writes them`,
  },
  sex_inconsistent: {
    name: 'Agreement of X and Y',
    description: 'Whether both sex chromosomes point to the same sex.',
    bound: 'is',
    expected: ({ demandSexAgreement }) => demandSexAgreement || null,
    measured: sexesAgree,
    fault: () => 'X and Y contradict each other',
  },
  sex_undetermined: {
    name: 'Sex told by X and Y',
    description: 'Whether the sex chromosomes are clear enough to tell the sex.',
    bound: 'is',
    expected: ({ demandSex }) => demandSex || null,
    measured: ({ inferredSex }) => inferredSex !== 'undetermined',
    fault: () => 'X and Y do not tell the sex',
  },
  build_conflict: {
    name: 'Agreement of header and positions',
    description:
      'Whether the positions are those of the reference build that the file states. Positions are right.',
    bound: 'is',
    expected: ({ demandBuildAgreement }) => demandBuildAgreement || null,
    measured: ({ statedBuild, positionBuild, buildConflict }) =>
      statedBuild === null || positionBuild === null ? null : !buildConflict,
    fault: ({ statedBuild, positionBuild }) =>
      `the file states build ${statedBuild}, its positions are those of build ${positionBuild}`,
  },
}

function lowestAutosome({ byChromosome }: ExportSummary): { label: string; callRate: number } | undefined {
  const rates = Object.entries(byChromosome)
    .filter(([label, { rows }]) => Number(label) > 0 && rows >= CHROMOSOME_ROWS_MIN)
    .map(([label, { calls, rows }]) => ({ label, callRate: calls / rows }))
  return rates.sort((a, b) => a.callRate - b.callRate)[0]
}

function heterozygousHaploidShare(summary: ExportSummary): number | null {
  const { byChromosome, inferredSex, sexEvidence, heterozygousHaploid } = summary
  const callsOf = (chromosome: ChromosomeSummary | undefined) => chromosome?.calls ?? 0
  const onX = inferredSex === 'male' ? sexEvidence.xCalls : 0
  const calls = callsOf(byChromosome.Y) + callsOf(byChromosome.MT) + onX
  return calls < HAPLOID_CALLS_MIN ? null : heterozygousHaploid / calls
}

function duplicatesShare({ duplicates, rows }: ExportSummary): number | null {
  return rows === 0 ? null : duplicates.ids / rows
}

function driftShare({ drift, rows }: ExportSummary): number | null {
  const drifted = Object.values(drift).reduce((sum, count) => sum + count, 0)
  // A row can be odd in several ways; their sum is never shown as more than all rows.
  return rows === 0 ? null : Math.min(1, drifted / rows)
}

/** Null where one of them is missing or lies between the bounds: that is no contradiction. */
function sexesAgree({ sexEvidence }: ExportSummary): boolean | null {
  const { byX, byY } = readSexEvidence(sexEvidence)
  const decided = byX !== 'undetermined' && byY !== 'undetermined'
  return byX && byY && decided ? byX === byY : null
}
