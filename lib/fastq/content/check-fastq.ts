import type { FastqFault, FastqFaultCode, ReadFile } from './fastq-fault.ts'
import { FastqReader } from './fastq-reader.ts'
import { FileGrowth } from './file-growth.ts'
import { ReadNameComparison } from './read-name-comparison.ts'
import { type ReadsSummary, summariseReads } from './summarise-reads.ts'
import { UnpackedFile } from './unpack-file.ts'

/** What the thread is started with: plain values alone. */
export interface FastqTask {
  /** R1, and R2 of a pair. */
  paths: string[]
  growth: SharedArrayBuffer
}

export interface CheckedFile {
  /** Of the packed bytes. */
  size: number
  sha256: string
  summary: ReadsSummary
}

export type FastqVerdict = { ok: true; files: CheckedFile[] } | { ok: false; fault: FastqFault }

const NAMES: readonly ReadFile[] = ['R1', 'R2']

/**
 * Judge and count one file, or both of a pair in step, while they grow. Memory is flat: of each file a read and some
 * pieces are held. Stops at the first fault; rejects when a file cannot be read.
 */
export async function checkFastq({ paths, growth }: FastqTask): Promise<FastqVerdict> {
  const step = paths.length > 1 ? new ReadNameComparison() : undefined
  const sides = paths.map((path, place) => new Side(path, new FileGrowth(growth), place as 0 | 1, step))
  try {
    for (;;) {
      const behind = sides.filter(({ done }) => !done).sort((a, b) => a.reads - b.reads)[0]
      if (!behind) break
      await behind.read()
      const fault = behind.fault ?? faultOfPair(sides, step)
      if (fault) return { ok: false, fault }
    }
    return { ok: true, files: sides.map((side) => side.outcome()) }
  } finally {
    for (const side of sides) await side.close()
  }
}

function faultOfPair(sides: Side[], step: ReadNameComparison | undefined): FastqFault | undefined {
  if (step?.firstDifference !== undefined) return faultAt('names_differ', 'R1', step.firstDifference)
  const [first, second] = sides
  if (!first || !second) return undefined
  for (const [shorter, longer] of [
    [first, second],
    [second, first],
  ] as const) {
    if (shorter.done && longer.reads > shorter.reads) {
      return faultAt('counts_differ', longer.name, shorter.reads + 1)
    }
  }
  return undefined
}

const faultAt = (code: FastqFaultCode, file: ReadFile, read: number): FastqFault => ({
  code,
  file,
  read,
  line: (read - 1) * 4 + 1,
})

/** One file of a check. */
class Side {
  readonly name: ReadFile
  done = false
  readonly #file: UnpackedFile
  readonly #reader: FastqReader
  readonly #pieces: AsyncGenerator<Uint8Array, void, void>
  /** Unpacked while the one before is being read. */
  #next: Promise<IteratorResult<Uint8Array, void>>

  constructor(path: string, growth: FileGrowth, place: 0 | 1, step: ReadNameComparison | undefined) {
    this.name = NAMES[place]!
    this.#file = new UnpackedFile(path, growth, place)
    this.#reader = new FastqReader({
      file: this.name,
      noteName: step && ((hash) => step.note(place, hash)),
    })
    this.#pieces = this.#file.pieces()
    this.#next = this.#ask()
  }

  get reads(): number {
    return this.#reader.tally.reads
  }

  get fault(): FastqFault | undefined {
    return this.#reader.fault ?? (this.#file.fault && { code: this.#file.fault, ...this.#place() })
  }

  async read(): Promise<void> {
    const { done, value } = await this.#next
    if (done) {
      this.done = true
      if (!this.#file.fault) this.#reader.end()
      return
    }
    this.#next = this.#ask()
    this.#reader.push(value)
  }

  outcome(): CheckedFile {
    const { size, sha256 } = this.#file
    return { size, sha256, summary: summariseReads(this.#reader.tally) }
  }

  async close(): Promise<void> {
    this.#file.stop()
    await this.#next.catch(() => {})
    await this.#pieces.return()
  }

  #ask(): Promise<IteratorResult<Uint8Array, void>> {
    const next = this.#pieces.next()
    // Looked at later, or never.
    next.catch(() => {})
    return next
  }

  /** Damage of the packing is about no line. */
  #place() {
    return { file: this.name, read: null, line: null }
  }
}
