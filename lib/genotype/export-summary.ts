import { AUTOSOMES, CHROMOSOME_CODES, CHROMOSOME_LABELS, CHROMOSOME_MT, CHROMOSOME_Y } from './chromosomes.ts'
import { type InferredSex, inferSex, type SexEvidence } from './infer-sex.ts'
import { type RecognisedChip, recogniseChip } from './recognise-chip.ts'
import { DENSITY_BIN_BASES, DENSITY_BINS, type Drift, type RowTally } from './rows/row-tally.ts'
import type { Vendor } from './vendors.ts'
import type { Build } from './verdict.ts'
import { voteBuild } from './vote-build.ts'

export interface ChromosomeSummary {
  rows: number
  calls: number
  noCalls: number
  /** Calls of two different alleles. */
  heterozygous: number
  /** Heterozygous calls among calls; null without calls. */
  heterozygosity: number | null
  /** Calls of one allele alone. AncestryDNA and MyHeritage double these, so they count none. */
  haploid: number
  /** Calls of `D` and `I`. */
  indels: number
}

/** Density: how many rows each stretch of a chromosome holds. */
export interface MarkerDensity {
  binBases: number
  /** By label, without MT; from position 0 to the last stretch that holds a row. */
  rowsOf: Record<string, number[]>
}

/** The numbers of a whole export: plain JSON, no genotypes, nothing from the header but build and chip. */
export interface ExportSummary {
  rows: number
  calls: number
  noCalls: number
  /** Calls among all rows; a woman's Y rows count as not called. */
  callRate: number
  autosomalCallRate: number
  autosomalHeterozygosity: number | null
  /** By label: `1` to `22`, `X`, `Y`, `XY`, `MT`; only those in the file. */
  byChromosome: Record<string, ChromosomeSummary>
  indels: number
  haploid: number
  /** Heterozygous calls on Y and MT, and on a man's X: many of them hint at a contaminated sample. */
  heterozygousHaploid: number
  /** Rows whose id occurred before; rows at the position of the row before. */
  duplicates: { ids: number; positions: number }
  inferredSex: InferredSex
  sexEvidence: SexEvidence
  statedBuild: Build | null
  /** Build by positions; null when they do not decide. */
  positionBuild: Build | null
  /** Header and positions name different builds; the positions are right. */
  buildConflict: boolean
  buildEvidence: { markers: number; votes: Record<Build, number> }
  chip: RecognisedChip
  drift: Drift
  /** Missing in what a run is given, since the run measures it again, and in what was measured before it was counted. */
  density?: MarkerDensity
}

interface Header {
  vendor: Vendor
  statedBuild: Build | undefined
  comments: readonly string[]
}

/** Draw the numbers from the counters of a file read to its end. */
export function summariseExport(tally: RowTally, { vendor, statedBuild, comments }: Header): ExportSummary {
  const byChromosome = summariseChromosomes(tally)
  const all = total(Object.values(byChromosome))
  const autosomal = total(
    Object.entries(byChromosome).flatMap(([label, summary]) =>
      CHROMOSOME_LABELS.indexOf(label) <= AUTOSOMES ? [summary] : [],
    ),
  )
  const autosomalCallRate = share(autosomal.calls, autosomal.rows) ?? 0
  const sexEvidence: SexEvidence = {
    xCalls: tally.xCoreCalls,
    xHeterozygous: tally.xCoreHeterozygous,
    yRows: byChromosome.Y?.rows ?? 0,
    yCalls: byChromosome.Y?.calls ?? 0,
    autosomalCallRate,
  }
  const inferredSex = inferSex(sexEvidence)
  const { build: positionBuild, markers, votes } = voteBuild(tally)
  return {
    rows: tally.rows,
    calls: all.calls,
    noCalls: tally.rows - all.calls,
    callRate: share(all.calls, tally.rows) ?? 0,
    autosomalCallRate,
    autosomalHeterozygosity: autosomal.heterozygosity,
    byChromosome,
    indels: all.indels,
    haploid: all.haploid,
    heterozygousHaploid:
      tally.heterozygousOf[CHROMOSOME_Y]! +
      tally.heterozygousOf[CHROMOSOME_MT]! +
      (inferredSex === 'male' ? tally.xCoreHeterozygous : 0),
    duplicates: { ids: tally.duplicateIds, positions: tally.duplicatePositions },
    inferredSex,
    sexEvidence,
    statedBuild: statedBuild ?? null,
    positionBuild,
    buildConflict: statedBuild !== undefined && positionBuild !== null && statedBuild !== positionBuild,
    buildEvidence: { markers, votes },
    chip: recogniseChip({ vendor, comments, rows: tally.rows, hasId: (rs) => tally.markersSeen.has(rs) }),
    drift: tally.drift(),
    density: { binBases: DENSITY_BIN_BASES, rowsOf: densities(tally) },
  }
}

function densities({ rowsOf, densityOf }: RowTally): Record<string, number[]> {
  const byLabel: Record<string, number[]> = {}
  for (let code = 1; code < CHROMOSOME_MT; code++) {
    if (rowsOf[code] === 0) continue
    const bins = [...densityOf.subarray(code * DENSITY_BINS, (code + 1) * DENSITY_BINS)]
    byLabel[CHROMOSOME_LABELS[code]!] = bins.slice(0, bins.findLastIndex((rows) => rows > 0) + 1)
  }
  return byLabel
}

function summariseChromosomes(tally: RowTally): Record<string, ChromosomeSummary> {
  const byChromosome: Record<string, ChromosomeSummary> = {}
  for (let code = 1; code < CHROMOSOME_CODES; code++) {
    const rows = tally.rowsOf[code]!
    if (rows === 0) continue
    const noCalls = tally.noCallsOf[code]!
    const heterozygous = tally.heterozygousOf[code]!
    byChromosome[CHROMOSOME_LABELS[code]!] = {
      rows,
      calls: rows - noCalls,
      noCalls,
      heterozygous,
      heterozygosity: share(heterozygous, rows - noCalls),
      haploid: tally.haploidOf[code]!,
      indels: tally.indelsOf[code]!,
    }
  }
  return byChromosome
}

function total(summaries: readonly ChromosomeSummary[]): ChromosomeSummary {
  const sum = (pick: (summary: ChromosomeSummary) => number) =>
    summaries.reduce((sofar, summary) => sofar + pick(summary), 0)
  const calls = sum((summary) => summary.calls)
  const heterozygous = sum((summary) => summary.heterozygous)
  return {
    rows: sum((summary) => summary.rows),
    calls,
    noCalls: sum((summary) => summary.noCalls),
    heterozygous,
    heterozygosity: share(heterozygous, calls),
    haploid: sum((summary) => summary.haploid),
    indels: sum((summary) => summary.indels),
  }
}

const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole)
