import type { ReadsFigures } from '#lib/fastq/report/reads-figures.ts'

/** What was counted of a sample's FASTQ files; undefined for a sample of another kind, or one that was counted before all of it was kept. */
export function readReads(qc: unknown): ReadsFigures[] | undefined {
  const files = (qc as { fastq?: { files?: Partial<ReadsFigures>[] } } | null)?.fastq?.files
  return files?.every(({ cycles, lengths }) => cycles && lengths) ? (files as ReadsFigures[]) : undefined
}
