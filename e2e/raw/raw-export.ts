import { createHash } from 'node:crypto'
import { packZip } from '#lib/genotype/fixtures/pack-zip.ts'
import { type ExportPlan, synthesizeExport } from '#lib/genotype/fixtures/synthesize-export.ts'

/** A file to send, and its digest in hex. */
export interface RawExport {
  bytes: Uint8Array
  sha256: string
}

/** Room a zip archive has for a comment: the field of its length has 16 bits. */
const COMMENT_BYTES_MAX = 65_535

export const asFile = (bytes: Uint8Array): RawExport => ({
  bytes,
  sha256: createHash('sha256').update(bytes).digest('hex'),
})

/** A whole export, small enough to be sent a hundred times. `stored`: about 25 bytes a row, whatever it holds. */
export async function smallExport(
  seed: number,
  { vendor = '23andme', rows = 1_200, stored = false }: Partial<ExportPlan> & { stored?: boolean } = {},
): Promise<RawExport> {
  const { text, innerName } = synthesizeExport({ vendor, rows, seed })
  return asFile(await packZip([{ name: innerName, bytes: text, stored }]))
}

/** A genuine export of exactly so many bytes: stored, and what is missing is the archive's comment. */
export async function exportOfSize(bytes: number, seed: number): Promise<RawExport> {
  const pack = async (rows: number, comment = 0) => {
    const { text, innerName } = synthesizeExport({ vendor: '23andme', rows, seed })
    return packZip([{ name: innerName, bytes: text, stored: true }], {
      comment: new Uint8Array(comment).fill(0x20),
    })
  }
  const few = 100_000
  let rows = Math.floor((bytes / (await pack(few)).length) * few)
  for (;;) {
    const missing = bytes - (await pack(rows)).length
    if (missing >= 0 && missing <= COMMENT_BYTES_MAX) return asFile(await pack(rows, missing))
    // A row has at least 17 bytes and about 24: each step lands closer, from below in the end.
    rows += Math.floor((missing - COMMENT_BYTES_MAX / 2) / 24)
  }
}

/** A file that the page would pass and the server refuses: its last row is cut off. */
export async function exportCutOff(seed: number): Promise<RawExport> {
  const { text, innerName } = synthesizeExport({ vendor: '23andme', rows: 3_000, seed })
  return asFile(await packZip([{ name: innerName, bytes: text.slice(0, -7) }]))
}
