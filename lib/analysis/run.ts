import type { ExportSummary } from '#lib/genotype/export-summary.ts'
import type { Vendor } from '#lib/genotype/verdict.ts'

/** One analysis of one sample. */
export interface Run {
  id: string
  sampleId: string
  state: 'queued' | 'running' | 'succeeded' | 'failed' | 'canceled'
  input: RunInput
}

/** What a run is given: where the accepted original lies, and what its verification measured. */
export interface RunInput {
  kind: 'array'
  storageKey: string
  vendor: Vendor
  summary: ExportSummary
}
