import type { ExportSummary } from '#lib/genotype/export-summary.ts'
import type { Vendor } from '#lib/genotype/vendors.ts'

/** What a run waits in line with: an imputation takes an hour, and exports that are not imputed must not wait behind it. */
export type RunQueue = 'array' | 'imputation' | 'fastq'

/** The job that works on the runs of each queue. */
export const RUN_JOBS = {
  array: 'run-analysis',
  imputation: 'run-imputation',
  fastq: 'run-fastq-analysis',
} as const satisfies Record<RunQueue, string>

export const queueOf = (input: RunInput): RunQueue =>
  input.kind === 'array' && input.imputation ? 'imputation' : input.kind

export const RUN_STATES = ['queued', 'running', 'succeeded', 'failed', 'canceled'] as const

/** One analysis of one sample. */
export interface Run {
  id: string
  sampleId: string
  state: (typeof RUN_STATES)[number]
  input: RunInput
  /** Null for runs from before this was noted. */
  projectId: string | null
  /** What it waits in line with inside its project: the kind of work, or the host that its files come from. */
  lane: string | null
  queuedAt: Date
  /** Seconds that are left of its pause after a failure. */
  pauseSeconds: number
}

/** What a run is given, by kind. */
export type RunInput = ArrayInput | FastqInput

/** Where the accepted original is stored, and what its verification measured. */
export interface ArrayInput {
  kind: 'array'
  storageKey: string
  vendor: Vendor
  /** Given to every run, and kept until its sample has succeeded. */
  summary: ExportSummary
  /** Capability that the project had chosen: the panel to impute with. Missing: the export is not imputed. */
  imputation?: { capability: string }
}

/** Files stored elsewhere that the run fetches. The uploads hold their URLs: an input is stored in plain words. */
export interface FastqInput {
  kind: 'fastq'
  r1: { uploadId: string }
  /** Null: single reads. */
  r2: { uploadId: string } | null
}

/** How far a long run has come. */
export interface RunProgress {
  steps: number
  stepsDone: number
  /** Null as long as nothing tells. */
  secondsLeft: number | null
}

/** What a run says of itself while it is under way; what is missing stays as it is. */
export interface RunNote {
  /** The panel that it imputes with. */
  panelId?: string
  progress?: RunProgress
  /** Processor time of the programs that it ran. */
  cpuSeconds?: number | null
}
