import type { Policy, Sniffed, Verdict } from '#lib/genotype/verdict.ts'

/** What the page asks its worker. */
export interface JudgeJob {
  id: number
  file: File
  policy: Policy
}

/** The bytes of an accepted file, and their SHA-256 in hexadecimal digits. Exactly these are sent. */
export interface FileContent {
  bytes: Uint8Array<ArrayBuffer>
  sha256: string
}

/** Says that the worker's script has loaded; no job has this id. */
export const WORKER_RUNS = 0

/** One answer of the worker: first the verdict, then, for an accepted file, its content. With neither, it cannot tell. */
export interface JudgeAnswer {
  id: number
  verdict?: Verdict<Sniffed>
  content?: FileContent
}
