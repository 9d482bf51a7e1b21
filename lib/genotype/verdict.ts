import type { Detail, FileReason } from './reason.ts'
import type { Vendor } from './vendors.ts'

/** NCBI36 = 36, GRCh37 = 37, GRCh38 = 38. */
export type Build = 36 | 37 | 38

/** How strictly a project takes "unmodified": `forgiving` accepts bare text and archives packed again, and marks the sample. */
export type Policy = 'strict' | 'forgiving'

/**
 * One thing wrong with a file. `detail` is missing where the reason says it all (`file_too_large`, `file_empty`,
 * `file_unreadable`, `zip_encrypted`). `line` counts from 1 in the inflated text; content is never carried.
 */
export interface Fault {
  reason: FileReason
  detail?: Detail
  line?: number
}

/**
 * What a file is judged to be. A refusal carries everything found wrong, the first fault being the one to show;
 * what an acceptance carries beyond the vendor depends on how much was read (a head in the page, all on the server).
 */
export type Verdict<Accepted> = { ok: true; accepted: Accepted } | { ok: false; faults: [Fault, ...Fault[]] }

/** What the head of a file says it is. Not proof: a header is easily typed, so the server reads on. */
export interface Sniffed {
  vendor: Vendor
  /** Build the header states; undefined when it states none. */
  statedBuild: Build | undefined
  /** How the archive was packed: `repacked` only under the policy `forgiving`. */
  container: 'original' | 'repacked' | 'bare'
}
