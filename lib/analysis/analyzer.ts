import type { ExportSummary } from '#lib/genotype/export-summary.ts'
import type { ProjectSettings } from '#lib/projects/project.ts'
import type { VcfReport } from './array/vcf-report.ts'
import type { ImputationReport } from './imputation/imputation-report.ts'
import type { QualityCheck } from './judge-quality.ts'
import type { Sketch } from './likeness/same-person.ts'
import type { ArrayInput, FastqInput, Run, RunInput, RunNote } from './run.ts'

/** What an analyzer is given for one run. */
export interface AnalysisTask<Input extends RunInput = ArrayInput> {
  runId: string
  sampleId: string
  /** Which start of the run this is, from 1. */
  attempt: number
  projectId: string
  /** The partner's own name for the sample, unless that is its id, and when the run was queued. */
  about?: { reference: string | null; queuedAt: Date }
  input: Input
  settings: ProjectSettings
  /** Path of the accepted original of an array run, to be read only. FASTQ files are fetched by their analyzer. */
  original: Input extends ArrayInput ? string : undefined
  /** A folder of this run alone, for what it makes; empty when the first analyzer starts. */
  folder: string
  /** What the analyzers before this one answered. */
  before: AnalysisOutcome
  /** Say how far the run is, for people who look at it. Never rejects. */
  note?: (note: RunNote) => Promise<void>
}

/** A file that an analyzer made in its folder. */
export interface MadeFile {
  fileType: string
  extension: string
  path: string
  /** What its bytes must hash to, where that is known: a file that came to harm meanwhile is not published. */
  sha256?: string
}

/** What an analysis measured. These members are ours; an operator's command may add others. */
export interface MeasuredQc {
  summary?: ExportSummary
  vcf?: VcfReport
  imputation?: ImputationReport
  [member: string]: unknown
}

export interface AnalysisOutcome {
  /** Stored as the `qc` of the sample, merged over what earlier analyzers said. */
  qc: MeasuredQc
  checks: QualityCheck[]
  files: MadeFile[]
  /** Kept to find the same person in another sample; where the project asks for that. */
  sketch?: Sketch
}

/**
 * One analysis of one sample. Safe to run again on the same task: it writes below `folder` only. Rejects with a
 * `Problem` when trying again would not help (its message becomes the note of the sample), with anything else when it
 * might, and with `PutOff` to be looked at again later. Stops soon after `signal` is aborted.
 */
export type Analyzer<Input extends RunInput = ArrayInput> = (
  task: AnalysisTask<Input>,
  signal: AbortSignal,
) => Promise<AnalysisOutcome>

/** What every run does, by the kind of its input, in this order. */
export interface Analyzers {
  array: readonly Analyzer<ArrayInput>[]
  fastq: readonly Analyzer<FastqInput>[]
  /**
   * Seconds after which a run is to be looked at again, because what it needs does not respond now; undefined: start.
   * `ready` may be called earlier, when it does.
   */
  putOff?: (run: Run, ready: () => Promise<void>) => Promise<number | undefined>
}
