import type { Policy } from '#lib/genotype/verdict.ts'
import type { SniffedFile } from './sniff-file.ts'

/** What the page asks its worker. */
export interface JudgeJob {
  id: number
  file: File
  policy: Policy
}

/** The worker's answer; null when code it needs could not be loaded. */
export interface JudgeAnswer {
  id: number
  sniffed: SniffedFile | null
}
