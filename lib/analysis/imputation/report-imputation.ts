import type { FinishedRegion } from './finish/finish-region.ts'
import type { ImputationReport, MaskedAccuracy, NotImputed } from './imputation-report.ts'
import { accuracyOf } from './judge/accuracy.ts'
import { FREQUENCY_BINS, type PairSums } from './judge/compare-hidden.ts'
import type { Panel } from './panel/read-panel.ts'
import type { AlignedExport } from './target/align-export.ts'

interface Made {
  panel: Panel
  engine: string
}

/** The report of a sample of which nothing was measured. */
export const emptyReport = ({ panel, engine, why }: Made & { why: NotImputed | null }): ImputationReport => ({
  why,
  panel: describePanel(panel),
  engine,
  rows: null,
  gaps: null,
  xMixed: null,
  regions: [],
  masked: null,
  sites: 0,
  typed: 0,
  imputed: 0,
  sure: 0,
  meanSureness: null,
  cpuSeconds: null,
  peakMegabytes: null,
  bytes: 0,
})

const describePanel = ({ id, manifest }: Panel): ImputationReport['panel'] => {
  const { name, version, build, samples, licence, citation } = manifest
  return { id, name, version, build, people: samples, licence, citation }
}

/** What the alignment alone says. */
export function reportAlignment(made: Made, aligned: AlignedExport): ImputationReport {
  const sitesOf = new Map(made.panel.manifest.regions.map(({ key, sites }) => [key, sites]))
  return {
    ...emptyReport({ ...made, why: aligned.nothing }),
    rows: aligned.rows,
    gaps: aligned.gaps,
    xMixed: mixedOnX(aligned),
    regions: aligned.regions.map(({ key, counts, leftOut }) => ({
      key,
      sites: sitesOf.get(key)!,
      markers: counts.kept,
      leftOut,
      imputed: 0,
      sure: 0,
    })),
  }
}

/** Fewer markers say nothing. */
const X_MARKERS_MIN = 20

function mixedOnX({ regions }: AlignedExport): number | null {
  const counts = regions.find(({ key }) => key === 'X')?.counts
  if (!counts) return null
  const { kept, palindromicLeftOut, heterozygousHaploid } = counts
  const markers = kept + palindromicLeftOut + heterozygousHaploid
  return markers < X_MARKERS_MIN ? null : heterozygousHaploid / markers
}

/** The same with what the regions came to. */
export function addRegions(
  report: ImputationReport,
  finished: ReadonlyMap<string, FinishedRegion>,
): ImputationReport {
  const figures = [...finished.values()].map((one) => one.figures)
  const total = (key: 'sites' | 'typed' | 'imputed' | 'sure' | 'sureness') =>
    figures.reduce((sum, one) => sum + one[key], 0)
  return {
    ...report,
    sites: total('sites'),
    typed: total('typed'),
    imputed: total('imputed'),
    sure: total('sure'),
    meanSureness: total('imputed') === 0 ? null : total('sureness') / total('imputed'),
    regions: report.regions.map((region) => {
      const { imputed = 0, sure = 0 } = finished.get(region.key)?.figures ?? {}
      return { ...region, imputed, sure }
    }),
  }
}

/** How well hidden markers of some regions came back; null where none were hidden. */
export function reportMasked(masked: readonly { key: string; bins: PairSums[] }[]): MaskedAccuracy | null {
  if (masked.length === 0) return null
  return {
    regions: masked.map(({ key }) => key),
    ...accuracyOf(masked.flatMap(({ bins }) => bins)),
    byFrequency: FREQUENCY_BINS.map((upTo, bin) => ({
      upTo,
      ...accuracyOf(masked.map(({ bins }) => bins[bin]!)),
    })),
  }
}

const WORDS: Record<NotImputed, string> = {
  build_unknown: 'the positions in the file do not tell its reference build, so nothing was imputed',
  other_build:
    'the file is of another reference build than the panel expects of exports, so nothing was imputed',
  low_overlap: 'too few of the rows are in the panel, so nothing was imputed',
  too_few_markers: 'too few markers are left to impute from',
  engine_failed: 'the program that imputes hung or took too long, twice',
  memory:
    'the program that imputes ran out of memory; the operator can give Beagle more by IMPUTATION_MEMORY_MB, and all programs a larger machine',
}

/** Why a sample was not imputed, for people. */
export const describeNotImputed = (why: NotImputed): string => WORDS[why]
