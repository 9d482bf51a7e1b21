import type { Accuracy } from './judge/accuracy.ts'
import type { AlignmentCounts } from './target/alignment-counts.ts'
import type { GapCounts } from './target/count-gaps.ts'
import type { NothingImputed, RegionLeftOut } from './target/plan-regions.ts'

/** Why a sample was not imputed, though its project asks for it. */
export type NotImputed = NothingImputed | 'engine_failed' | 'memory'

/** One region of a sample. */
export interface ReportedRegion {
  key: string
  /** Sites of the panel. */
  sites: number
  /** Typed markers that the engine was given. */
  markers: number
  /** Null when it was imputed. */
  leftOut: RegionLeftOut | null
  imputed: number
  /** Imputed calls whose highest probability is 0.9 or more. */
  sure: number
}

/** How well hidden markers came back, over all and by the frequency of the rarer allele. */
export interface MaskedAccuracy extends Accuracy {
  regions: string[]
  /** `upTo`: upper end of the frequency. */
  byFrequency: (Accuracy & { upTo: number })[]
}

/** What was measured of one imputation: numbers alone, no genotype. */
export interface ImputationReport {
  /** Null when it was made. */
  why: NotImputed | null
  panel: {
    id: string
    name: string
    version: string
    build: number
    people: number
    licence: string
    citation: string
  }
  /** With its version. */
  engine: string
  rows: (AlignmentCounts & { outside: number }) | null
  gaps: GapCounts | null
  /** Heterozygous among a man's markers on X outside the pseudoautosomal regions; null where that says nothing. */
  xMixed: number | null
  regions: ReportedRegion[]
  masked: MaskedAccuracy | null
  sites: number
  typed: number
  imputed: number
  /** Of the imputed calls. */
  sure: number
  /** Mean of the highest probability of the imputed calls; null without any. */
  meanSureness: number | null
  cpuSeconds: number | null
  peakMegabytes: number | null
  /** Of the file. */
  bytes: number
}
