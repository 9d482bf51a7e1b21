import { CYCLE_STRIDE, type FastqTally, lengthsOfSlot, QUALITY_MAX, QUALITY_OFFSET } from './fastq-tally.ts'
import { CYCLES_MAX } from './limits.ts'

/** Qualities of one cycle: the mean, and what a tenth, a quarter, … of the reads do not exceed. */
export interface CycleQuality {
  /** From 1 on. */
  cycle: number
  mean: number
  /** 10, 25, 50, 75 and 90 per cent. */
  quantiles: [number, number, number, number, number]
}

/** The numbers of one FASTQ file. Shares are between 0 and 1. */
export interface ReadsSummary {
  reads: number
  bases: number
  length: { min: number; max: number; mean: number; median: number }
  /** Reads by length, shortest first; beyond 1,024 several lengths together. */
  lengths: { from: number; to: number; reads: number }[]
  /** Of the bases that are A, C, G or T; null without any. */
  gcShare: number | null
  /** Of all bases: N and the letters that stand for several bases. */
  ambiguousShare: number
  /** Reads by their share of G and C, 0 to 100 per cent. */
  byGcPercent: number[]
  meanQuality: number
  /** Bases of at least this quality. */
  q20Share: number
  q30Share: number
  lowestQuality: number
  highestQuality: number
  /** Reads by their mean quality, rounded down. */
  byMeanQuality: number[]
  cycles: CycleQuality[]
  /** Estimated share of reads that repeat another one. */
  duplicateShare: number | null
}

const QUANTILES = [0.1, 0.25, 0.5, 0.75, 0.9] as const

export function summariseReads(tally: FastqTally): ReadsSummary {
  const { reads, bases } = tally
  const qualities = countQualities(tally)
  const used = [...qualities.keys()].filter((quality) => qualities[quality]! > 0)
  const share = (count: number) => (bases === 0 ? 0 : count / bases)
  const atLeast = (quality: number) => share(sum(qualities.slice(quality)))
  return {
    reads,
    bases,
    ...describeLengths(tally),
    gcShare: tally.called === 0 ? null : tally.gc / tally.called,
    ambiguousShare: share(bases - tally.called),
    byGcPercent: [...tally.byGcPercent],
    meanQuality: share(tally.qualitySum),
    q20Share: atLeast(20),
    q30Share: atLeast(30),
    lowestQuality: used[0] ?? 0,
    highestQuality: used.at(-1) ?? 0,
    byMeanQuality: [...tally.byMeanQuality.subarray(0, (used.at(-1) ?? 0) + 1)],
    cycles: describeCycles(tally),
    duplicateShare: tally.duplicates.estimate(),
  }
}

function describeLengths(tally: FastqTally): Pick<ReadsSummary, 'length' | 'lengths'> {
  const lengths: ReadsSummary['lengths'] = []
  for (const [slot, reads] of tally.byLength.entries()) {
    if (reads > 0) lengths.push({ ...lengthsOfSlot(slot), reads })
  }
  let seen = 0
  const middle = lengths.find(({ reads }) => {
    seen += reads
    return seen * 2 >= tally.reads
  })
  const mean = tally.reads === 0 ? 0 : tally.bases / tally.reads
  const min = tally.reads === 0 ? 0 : tally.lengthMin
  return { length: { min, max: tally.lengthMax, mean, median: middle?.from ?? 0 }, lengths }
}

/** Bases by quality. */
function countQualities({ byCycle, beyondCycles }: FastqTally): number[] {
  return Array.from({ length: QUALITY_MAX + 1 }, (_, quality) => {
    const character = quality + QUALITY_OFFSET
    let count = beyondCycles[character]!
    for (let cycle = 0; cycle < CYCLES_MAX; cycle++) count += byCycle[cycle * CYCLE_STRIDE + character]!
    return count
  })
}

function describeCycles({ byCycle, lengthMax }: FastqTally): CycleQuality[] {
  return Array.from({ length: Math.min(lengthMax, CYCLES_MAX) }, (_, at) => {
    const first = at * CYCLE_STRIDE + QUALITY_OFFSET
    const counts = byCycle.subarray(first, first + QUALITY_MAX + 1)
    const reads = sum(counts)
    const total = counts.reduce((before, count, quality) => before + count * quality, 0)
    const quantiles = QUANTILES.map((part) => quantileOf(counts, part * reads))
    return { cycle: at + 1, mean: total / reads, quantiles: quantiles as CycleQuality['quantiles'] }
  })
}

/** The lowest quality that so many reads do not exceed. */
function quantileOf(counts: Uint32Array, reads: number): number {
  let seen = 0
  for (const [quality, count] of counts.entries()) {
    seen += count
    if (seen >= reads && seen > 0) return quality
  }
  return QUALITY_MAX
}

const sum = (numbers: Iterable<number>): number => {
  let total = 0
  for (const number of numbers) total += number
  return total
}
