import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { ExportPlan } from '#lib/genotype/fixtures/export-plan.ts'
import { packZip } from '#lib/genotype/fixtures/pack-zip.ts'
import { synthesizeExport } from '#lib/genotype/fixtures/synthesize-export.ts'
import type { Vendor } from '#lib/genotype/vendors.ts'
import { analyseExport, type ExportAnalysis } from './analyse-export.ts'

/** A row of an export, read in the plainest way there is. */
export interface PlainRow {
  id: string
  /** PLINK's code. */
  code: number
  position: number
  /** As the vendor writes them; empty for no call. */
  letters: string
}

const CODES: Record<string, number> = { X: 23, Y: 24, MT: 26 }

export function plainRows(vendor: Vendor, text: Uint8Array): PlainRow[] {
  const lines = new TextDecoder().decode(text).split(/\r?\n/)
  const rows = lines.filter((line) => line !== '' && !line.startsWith('#') && !/^rsid/i.test(line))
  return rows.map((line) => {
    const [id = '', chromosome = '', position, ...alleles] = line
      .replaceAll('"', '')
      .split(vendor === 'myheritage' ? ',' : '\t')
    const letters = alleles.join('').replace(/^(--?|00)$/, '')
    return { id, code: CODES[chromosome] ?? Number(chromosome), position: Number(position), letters }
  })
}

export interface AnalysedExport extends ExportAnalysis {
  rows: PlainRow[]
  original: string
  /** Path of a file that was made. */
  pathOf(fileType: string): string
  /** Its bytes. */
  read(fileType: string): Promise<Buffer>
}

/** A sample's export, packed and analysed in a folder of its own below `parent`. */
export async function analyseSynthetic(
  parent: string,
  plan: ExportPlan,
  { sampleId = 'sample', referenceFasta, edit = (text) => text }: AnalyseOptions = {},
): Promise<AnalysedExport> {
  const folder = path.join(parent, `run-${folders++}`)
  await mkdir(folder)
  const { innerName, text: genuine } = synthesizeExport(plan)
  const text = new TextEncoder().encode(edit(new TextDecoder().decode(genuine)))
  const original = path.join(folder, 'original.zip')
  await writeFile(original, await packZip([{ name: innerName, bytes: text }]))
  const rows = plainRows(plan.vendor, text)
  const analysis = await analyseExport({
    sampleId,
    original,
    folder,
    rows: rows.length,
    referenceFasta,
    sketchKey: undefined,
  })
  const pathOf = (fileType: string): string => {
    const file = analysis.files.find((made) => made.fileType === fileType)
    if (!file) throw new Error(`no ${fileType} was made`)
    return file.path
  }
  return { ...analysis, rows, original, pathOf, read: (fileType) => readFile(pathOf(fileType)) }
}

interface AnalyseOptions {
  sampleId?: string
  referenceFasta?: string
  /** What happens to the text before it is packed. */
  edit?: (text: string) => string
}

let folders = 0
