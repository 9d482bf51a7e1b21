import { open } from 'node:fs/promises'
import path from 'node:path'
import type { ExportSummary } from '#lib/genotype/export-summary.ts'
import { FILE_TYPES, type FileType } from '#lib/samples/deliverable.ts'
import type { MadeFile } from '../analyzer.ts'
import { BaseReader } from './base-reader.ts'
import type { GenotypeTable } from './genotype-table.ts'
import { orderRows, PLINK_RANKS } from './order-rows.ts'
import { readExport } from './read-export.ts'
import { readFastaIndex } from './read-fasta-index.ts'
import { recogniseReference } from './recognise-reference.ts'
import { sketchGenotypes } from './sketch-genotypes.ts'
import type { VcfReport } from './vcf-report.ts'
import { writeGenotypesTsv } from './write-genotypes-tsv.ts'
import { writePlink } from './write-plink.ts'
import { writeVcf } from './write-vcf.ts'

const SKETCH_BUILD = 37

/** What the thread is started with: plain values alone. */
export interface ExportTask {
  sampleId: string
  original: string
  folder: string
  /** Rows that the verification counted. */
  rows: number
  referenceFasta: string | undefined
  /** Of the sketch that is wanted, if one is. */
  sketchKey: Uint8Array | undefined
}

export interface ExportAnalysis {
  summary: ExportSummary
  /** Undefined where no reference is configured. */
  vcf: VcfReport | undefined
  files: MadeFile[]
  /** Where one was asked for and the positions are those of build 37, which all chips are compared in. */
  sketch: Uint8Array | undefined
}

/**
 * Make every file of genotypes of an accepted export, in the folder, which only they are written to. Flat in memory
 * but for the rows (some 20 MB). Rejects when something cannot be read or written.
 */
export async function analyseExport(task: ExportTask): Promise<ExportAnalysis> {
  const { table, summary } = await readExport(task.original, task.rows)
  const order = orderRows(table, PLINK_RANKS)
  const place = (fileType: FileType): string => path.join(task.folder, fileName(fileType))
  await writePlink(table, order, {
    sampleId: task.sampleId,
    sex: summary.inferredSex,
    paths: { bed: place('plink-bed'), bim: place('plink-bim'), fam: place('plink-fam') },
  })
  await writeGenotypesTsv(table, order, place('genotypes-tsv'))
  const vcf = await makeVcf(table, task, { summary, place })
  const made: FileType[] = ['plink-bed', 'plink-bim', 'plink-fam', 'genotypes-tsv']
  if (vcf?.written) made.push('genotypes-vcf', 'genotypes-tbi')
  const files = made.map((fileType) => ({ ...describe(fileType), path: place(fileType) }))
  const comparable = (summary.positionBuild ?? summary.statedBuild) === SKETCH_BUILD
  const sketch = task.sketchKey && comparable ? sketchGenotypes(table, task.sketchKey) : undefined
  return { summary, vcf, files, sketch }
}

const describe = (fileType: FileType) => ({ fileType, extension: FILE_TYPES[fileType].extension })
const fileName = (fileType: FileType): string => `${fileType}.${FILE_TYPES[fileType].extension}`

async function makeVcf(
  table: GenotypeTable,
  { referenceFasta, sampleId }: ExportTask,
  { summary, place }: { summary: ExportSummary; place: (fileType: FileType) => string },
): Promise<VcfReport | undefined> {
  if (referenceFasta === undefined) return undefined
  const reference = recogniseReference(await readFastaIndex(referenceFasta))
  // Positions outrank the header: a wrong header must not put a person's letters at other places.
  const build = summary.positionBuild ?? summary.statedBuild
  if (!reference || build !== reference.build) {
    const why = !reference ? 'reference_unknown' : build === null ? 'build_unknown' : 'other_build'
    return { written: false, why, build, referenceBuild: reference?.build ?? null }
  }
  const fasta = await open(referenceFasta)
  try {
    const paths = { vcf: place('genotypes-vcf'), tbi: place('genotypes-tbi') }
    const bases = new BaseReader(fasta.fd)
    return await writeVcf(table, { sampleId, sex: summary.inferredSex, reference, bases, paths })
  } finally {
    await fasta.close()
  }
}
