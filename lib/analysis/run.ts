import type { ExportSummary } from '#lib/genotype/export-summary.ts'
import type { Vendor } from '#lib/genotype/vendors.ts'

/** The job that works on a run of each kind. */
export const RUN_JOBS = { array: 'run-analysis', fastq: 'run-fastq-analysis' } as const satisfies Record<
  RunInput['kind'],
  string
>

export const RUN_STATES = ['queued', 'running', 'succeeded', 'failed', 'canceled'] as const

/** One analysis of one sample. */
export interface Run {
  id: string
  sampleId: string
  state: (typeof RUN_STATES)[number]
  input: RunInput
}

/** What a run is given, by kind. */
export type RunInput = ArrayInput | FastqInput

/** Where the accepted original is stored, and what its verification measured. */
export interface ArrayInput {
  kind: 'array'
  storageKey: string
  vendor: Vendor
  summary: ExportSummary
}

/** Files stored elsewhere that the run fetches. The uploads hold their URLs: an input is stored in plain words. */
export interface FastqInput {
  kind: 'fastq'
  r1: { uploadId: string }
  /** Null: single reads. */
  r2: { uploadId: string } | null
}
