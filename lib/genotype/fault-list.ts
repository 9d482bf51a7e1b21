import type { Detail, FileReason } from './reason.ts'
import type { Fault } from './verdict.ts'

const FAULTS_MAX = 20
/** Lines named for one kind, so that every kind found finds room. */
const FAULTS_OF_A_KIND_MAX = 5

/** Which fault to show first: what explains the others comes before them. */
const SHOWN_FIRST: readonly Detail[] = [
  'phased',
  'y_only',
  'mt_only',
  'single_chromosome',
  'header_only',
  'nul_bytes',
  'line_too_long',
  'mixed_chromosomes',
  'bad_rows',
  'cut_off_row',
  'build_38',
  'unknown_rows',
  'chromosomes_missing',
  'too_few_rows',
]

/** Faults found while reading on: all kinds, at most 20 of them, at most five lines of a kind. */
export class FaultList {
  readonly #faults: (Fault & { detail: Detail })[] = []

  add(reason: FileReason, detail: Detail, line?: number): void {
    const ofKind = this.#count(detail)
    if (ofKind >= FAULTS_OF_A_KIND_MAX || this.#faults.length >= FAULTS_MAX) return
    this.#faults.push(line === undefined ? { reason, detail } : { reason, detail, line })
  }

  has(detail: Detail): boolean {
    return this.#count(detail) > 0
  }

  /** In the order in which they are shown; within a kind by line. */
  ordered(): Fault[] {
    return [...this.#faults].sort((a, b) => SHOWN_FIRST.indexOf(a.detail) - SHOWN_FIRST.indexOf(b.detail))
  }

  #count(detail: Detail): number {
    return this.#faults.filter((fault) => fault.detail === detail).length
  }
}
