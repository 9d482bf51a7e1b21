import { createHash } from 'node:crypto'
import type { ExportPlan } from '#lib/genotype/fixtures/export-plan.ts'
import { packZip } from '#lib/genotype/fixtures/pack-zip.ts'
import { synthesizeExport } from '#lib/genotype/fixtures/synthesize-export.ts'

/** A file to send, and its digest in hex. */
export interface RawExport {
  bytes: Uint8Array
  sha256: string
}

/** Room a zip archive has for a comment: the field of its length has 16 bits. */
const COMMENT_BYTES_MAX = 65_535

/** Approximate figures of a 23andMe export. */
const BYTES_A_ROW = 24

export const asFile = (bytes: Uint8Array): RawExport => ({
  bytes,
  sha256: createHash('sha256').update(bytes).digest('hex'),
})

/** A whole export, small enough to be sent a hundred times. `stored`: about 25 bytes a row, whatever it holds. */
export async function smallExport(
  seed: number,
  { stored = false, ...plan }: Partial<ExportPlan> & { stored?: boolean } = {},
): Promise<RawExport> {
  const { text, innerName } = synthesizeExport({ vendor: '23andme', rows: 1_200, seed, ...plan })
  return asFile(await packZip([{ name: innerName, bytes: text, stored }]))
}

/** A genuine export of exactly so many bytes: stored, and what is missing is the archive's comment. */
export async function exportOfSize(bytes: number, seed: number): Promise<RawExport> {
  const packer = (rows: number) => {
    const { text, innerName } = synthesizeExport({ vendor: '23andme', rows, seed })
    return (comment: number) =>
      packZip([{ name: innerName, bytes: text, stored: true }], {
        comment: new Uint8Array(comment).fill(0x20),
      })
  }
  const few = 50_000
  // Rows grow a little with their positions: aimed at the middle of what a comment can fill.
  let rows = Math.floor(((bytes - COMMENT_BYTES_MAX / 2) / (await packer(few)(0)).length) * few)
  for (;;) {
    const pack = packer(rows)
    const missing = bytes - (await pack(0)).length
    if (missing >= 0 && missing <= COMMENT_BYTES_MAX) return asFile(await pack(missing))
    rows += Math.floor((missing - COMMENT_BYTES_MAX / 2) / BYTES_A_ROW)
  }
}

/** A file that the page would pass and the server refuses: its last row is cut off. */
export async function exportCutOff(seed: number): Promise<RawExport> {
  const { text, innerName } = synthesizeExport({ vendor: '23andme', rows: 3_000, seed })
  return asFile(await packZip([{ name: innerName, bytes: text.slice(0, -7) }]))
}
