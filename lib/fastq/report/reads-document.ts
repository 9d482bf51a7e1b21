import { z } from 'zod'
import { type RunFacts, RunOrigin, runOriginOf } from '#lib/analysis/report/run-origin.ts'
import type { CheckedFile } from '../content/check-fastq.ts'
import { R_NOTATIONS } from '../map/destination.ts'

/** Grows when a member is renamed, removed or changes its meaning; new members alone do not change it. */
export const READS_DOCUMENT_VERSION = 1
/** Grows with every change of which files are accepted, or of what a number counts, so that two reports can be compared. */
const READS_RULES_VERSION = 1

const Count = z.int().min(0)
const Share = z.number().min(0).max(1)
const Quality = z.number().min(0).max(93)

const FileNumbers = z.object({
  read: z.enum(R_NOTATIONS),
  /** Of the packed file. */
  bytes: Count,
  sha256: z.string(),
  reads: Count,
  bases: Count,
  length: z.object({ min: Count, max: Count, mean: z.number().min(0), median: Count }),
  /** Reads by length; beyond 1,024 several lengths together. */
  lengths: z.array(z.object({ from: Count, to: Count, reads: Count })),
  /** Of the bases that are A, C, G or T; null without any. */
  gc_share: Share.nullable(),
  /** N and the letters that stand for several bases. */
  ambiguous_share: Share,
  mean_quality: Quality,
  /** Bases of at least this quality. */
  q20_share: Share,
  q30_share: Share,
  lowest_quality: Quality,
  highest_quality: Quality,
  /** Estimated share of reads that repeat another one; null without reads. */
  duplicate_share: Share.nullable(),
  /** Reads by their share of G and C, from 0 to 100 per cent. */
  by_gc_percent: z.array(Count),
  /** Reads by their mean quality, rounded down, from 0 on. */
  by_mean_quality: z.array(Count),
  /** The first 1,000 cycles; `p10` is what a tenth of the reads do not exceed there. */
  cycles: z.array(
    z.object({
      cycle: Count,
      mean: Quality,
      p10: Quality,
      p25: Quality,
      p50: Quality,
      p75: Quality,
      p90: Quality,
    }),
  ),
})
export type FileNumbers = z.infer<typeof FileNumbers>

/** What `fastq-qc-json` holds: numbers alone; no sequences, no names of reads. */
export const ReadsDocument = z.object({
  format: z.literal('arraydrop-fastq-qc'),
  version: z.literal(READS_DOCUMENT_VERSION),
  ...RunOrigin.shape,
  paired: z.boolean(),
  files: z.array(FileNumbers),
})
export type ReadsDocument = z.infer<typeof ReadsDocument>

/** The numbers of a run in the stable shape of `fastq-qc-json`. The same files give the same document. */
export function buildReadsDocument(
  run: { sampleId: string; runId: string; about?: RunFacts | undefined },
  files: readonly CheckedFile[],
): ReadsDocument {
  return {
    format: 'arraydrop-fastq-qc',
    version: READS_DOCUMENT_VERSION,
    ...runOriginOf(run, READS_RULES_VERSION),
    paired: files.length > 1,
    files: files.map(describeFile),
  }
}

const describeFile = ({ size, sha256, summary }: CheckedFile, at: number): FileNumbers => ({
  read: at === 0 ? 'R1' : 'R2',
  bytes: size,
  sha256,
  reads: summary.reads,
  bases: summary.bases,
  length: summary.length,
  lengths: summary.lengths,
  gc_share: summary.gcShare,
  ambiguous_share: summary.ambiguousShare,
  mean_quality: summary.meanQuality,
  q20_share: summary.q20Share,
  q30_share: summary.q30Share,
  lowest_quality: summary.lowestQuality,
  highest_quality: summary.highestQuality,
  duplicate_share: summary.duplicateShare,
  by_gc_percent: summary.byGcPercent,
  by_mean_quality: summary.byMeanQuality,
  cycles: summary.cycles.map(({ cycle, mean, quantiles: [p10, p25, p50, p75, p90] }) => ({
    cycle,
    mean,
    p10,
    p25,
    p50,
    p75,
    p90,
  })),
})
