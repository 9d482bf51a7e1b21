import { BodyReader, type OnRow } from './body-reader.ts'
import type { ExportHead } from './export-head.ts'
import { type ExportSummary, summariseExport } from './export-summary.ts'
import { judgeCompleteFile } from './judge-complete-file.ts'
import { judgeHead } from './judge-head.ts'
import { SNIFF_TEXT_BYTES_MAX } from './limits.ts'
import type { Detail } from './reason.ts'
import { RowTally } from './rows/row-tally.ts'
import type { Fault, Sniffed, Verdict } from './verdict.ts'

export interface ExportReaderOptions {
  /** Rows below which the file counts as cut off. */
  rowsMin: number
  onRow?: OnRow
  /** False: the summary says 0 duplicate ids, and the reading is a fifth faster. */
  countDuplicates?: boolean
}

export type ExportVerdict = Verdict<Pick<Sniffed, 'vendor' | 'statedBuild'> & { summary: ExportSummary }>

/** Fed with the inflated text in pieces of any size; the verdict does not depend on where it was cut. */
export interface ExportReader {
  push(chunk: Uint8Array): void
  end(): ExportVerdict
}

/** Faults of rows in the head: the reader finds them again, and goes on to find the others. */
const ROW_FAULTS: readonly (Detail | undefined)[] = ['bad_rows', 'nul_bytes', 'line_too_long', 'cut_off_row']

/**
 * Reads a whole export in one pass: vendor, every row, every number. Memory stays flat (about 35 MB) and nothing is
 * kept of the chunks. Never throws for what the bytes hold; the caller bounds the bytes.
 */
export function createExportReader({
  rowsMin,
  onRow,
  countDuplicates = true,
}: ExportReaderOptions): ExportReader {
  const head = new Uint8Array(SNIFF_TEXT_BYTES_MAX)
  let headLength = 0
  let opened: ExportHead | undefined
  let body: BodyReader | undefined
  let refusal: Fault[] | undefined

  /** The head is complete: judge it, and read the rows that are in it. */
  function open(whole: boolean): void {
    const text = head.subarray(0, headLength)
    const { faults, export: found } = judgeHead(text, whole)
    if (!found || !faults.every(({ detail }) => ROW_FAULTS.includes(detail))) {
      refusal = faults
      return
    }
    opened = found
    body = new BodyReader(found, new RowTally({ countDuplicates }), onRow)
    body.push(text.subarray(found.bodyStart))
  }

  const forward = (piece: Uint8Array) => body?.push(piece)

  return {
    push(chunk) {
      if (refusal) return
      if (body) return forward(plainView(chunk))
      const taken = Math.min(chunk.length, head.length - headLength)
      head.set(chunk.subarray(0, taken), headLength)
      headLength += taken
      if (taken === chunk.length) return
      open(false)
      forward(plainView(chunk.subarray(taken)))
    },

    end() {
      if (!body && !refusal) open(true)
      if (!body || !opened) return refuse(refusal)
      const { faults, tally } = body.end()
      const { statedBuild, comments, layout } = opened
      const { vendor } = layout.format
      const summary = summariseExport(tally, { vendor, statedBuild, comments })
      judgeCompleteFile(faults, summary, { rowsMin, firstLineOutOfBlock: tally.firstLineOutOfBlock })
      const found = faults.ordered()
      return found.length > 0 ? refuse(found) : { ok: true, accepted: { vendor, statedBuild, summary } }
    },
  }
}

/** Node's `Buffer` is a class of its own: compiled for one of the two, the loop over the rows serves all. */
const plainView = (chunk: Uint8Array): Uint8Array =>
  new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength)

function refuse(faults: readonly Fault[] = []): ExportVerdict {
  const [first = { reason: 'no_genotypes', detail: 'nothing_alike' } as const, ...more] = faults
  return { ok: false, faults: [first, ...more] }
}
