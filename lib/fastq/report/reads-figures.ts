import type { FileNumbers } from './reads-document.ts'

const CYCLES_SHOWN = 150
const LENGTHS_SHOWN = 60

/** Qualities of one cycle, or the means of several neighbours. */
export interface CycleColumn {
  /** The first of them. */
  cycle: number
  p10: number
  p25: number
  p50: number
  p75: number
  p90: number
}

/** How many reads have a value, or one of several that follow it. */
export interface CountColumn {
  value: number
  reads: number
}

/** What the facts and drawings of one file are made from: in the report, and on the sample's page of the console. */
export interface ReadsFigures extends Pick<FileNumbers, 'read' | 'bytes' | 'reads' | 'bases' | 'length'> {
  gcShare: number | null
  ambiguousShare: number
  meanQuality: number
  q20Share: number
  q30Share: number
  highestQuality: number
  duplicateShare: number | null
  byGcPercent: number[]
  byMeanQuality: number[]
  /** From the shortest to the longest, in columns of equal width. */
  lengths: CountColumn[]
  /** Neighbours together where there are more than can be seen apart. */
  cycles: CycleColumn[]
  /** How many there are apart. */
  cyclesCounted: number
}

export const readsFiguresOf = (file: FileNumbers): ReadsFigures => ({
  read: file.read,
  bytes: file.bytes,
  reads: file.reads,
  bases: file.bases,
  length: file.length,
  gcShare: file.gc_share,
  ambiguousShare: file.ambiguous_share,
  meanQuality: file.mean_quality,
  q20Share: file.q20_share,
  q30Share: file.q30_share,
  highestQuality: file.highest_quality,
  duplicateShare: file.duplicate_share,
  byGcPercent: file.by_gc_percent,
  byMeanQuality: file.by_mean_quality,
  lengths: groupLengths(file),
  cycles: groupCycles(file.cycles),
  cyclesCounted: file.cycles.length,
})

function groupLengths({ length: { min, max }, lengths }: FileNumbers): CountColumn[] {
  const width = Math.max(1, Math.ceil((max - min + 1) / LENGTHS_SHOWN))
  const columns = Array.from({ length: Math.floor((max - min) / width) + 1 }, (_, at) => ({
    value: min + at * width,
    reads: 0,
  }))
  for (const { from, reads } of lengths) {
    columns[Math.min(columns.length - 1, Math.max(0, Math.floor((from - min) / width)))]!.reads += reads
  }
  return columns
}

function groupCycles(cycles: FileNumbers['cycles']): CycleColumn[] {
  const size = Math.max(1, Math.ceil(cycles.length / CYCLES_SHOWN))
  const columns: CycleColumn[] = []
  for (let at = 0; at < cycles.length; at += size) {
    const group = cycles.slice(at, at + size)
    const mean = (member: Exclude<keyof CycleColumn, 'cycle'>) =>
      Math.round((group.reduce((sum, cycle) => sum + cycle[member], 0) / group.length) * 100) / 100
    columns.push({
      cycle: group[0]!.cycle,
      p10: mean('p10'),
      p25: mean('p25'),
      p50: mean('p50'),
      p75: mean('p75'),
      p90: mean('p90'),
    })
  }
  return columns
}
