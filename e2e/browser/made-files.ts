import type { ExportPlan } from '#lib/genotype/fixtures/export-plan.ts'
import { packZip } from '#lib/genotype/fixtures/pack-zip.ts'
import { synthesizeExport } from '#lib/genotype/fixtures/synthesize-export.ts'

/** A file as a person picks it. */
export interface PickedFile {
  name: string
  mimeType: string
  buffer: Buffer
}

/** Rows of a vendor's whole export, and of one that test projects take: enough to reach behind the head. */
export const FULL_ROWS = 640_000
export const SMALL_ROWS = 6_000

export const fileOf = (name: string, bytes: Uint8Array, mimeType = 'application/zip'): PickedFile => ({
  name,
  mimeType,
  buffer: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
})

/** A vendor's export, packed and named as the vendor does it. */
export async function exportFile(plan: ExportPlan): Promise<PickedFile> {
  const { text, innerName, outerName } = synthesizeExport(plan)
  return fileOf(outerName, await packZip([{ name: innerName, bytes: text }]))
}

/** An export that takes several chunks to send: the same rows, not compressed. */
export async function largeExportFile(rows: number, seed: number): Promise<PickedFile> {
  const { text, innerName, outerName } = synthesizeExport({ vendor: '23andme', rows, seed })
  return fileOf(outerName, await packZip([{ name: innerName, bytes: text, stored: true }]))
}
