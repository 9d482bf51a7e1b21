import { writeFile } from 'node:fs/promises'
import type { InferredSex } from '#lib/genotype/infer-sex.ts'
import { ALLELE_MISSING, ALLELE_NONE } from '#lib/genotype/rows/row-parser.ts'
import type { GenotypeTable } from './genotype-table.ts'
import { LineWriter, type PutLine } from './line-writer.ts'
import { putBytes, putNumber } from './put-bytes.ts'
import { withFile } from './with-file.ts'

/** "The first three bytes should be 0x6c, 0x1b, and 0x01"; the last one says: variant by variant. */
const BED_HEAD = [0x6c, 0x1b, 0x01]
/** Genotypes of one sample: the two lowest bits. */
const MISSING = 0b01
const HETEROZYGOUS = 0b10
const HOMOZYGOUS_A2 = 0b11

const TAB = 0x09
const NEWLINE = 0x0a
const UNKNOWN = 0x30
const LETTER_D = 0x44
const LETTER_I = 0x49

const SEX_CODES: Record<InferredSex, number> = { male: 1, female: 2, undetermined: 0 }

export interface PlinkPaths {
  bed: string
  bim: string
  fam: string
}

/**
 * Write PLINK 1 binary files of one sample, as `plink --23file --make-bed` does: one letter seen means that the other
 * is unknown (A1 `0`), no call that both are, and `D` and `I` know each other. A heterozygous pair stands in the
 * alphabet's order, A2 first.
 */
export async function writePlink(
  table: GenotypeTable,
  order: Uint32Array,
  { sampleId, sex, paths }: { sampleId: string; sex: InferredSex; paths: PlinkPaths },
): Promise<void> {
  await writeFile(paths.bed, bedOf(table, order))
  await withFile(paths.bim, (sink) => new LineWriter(sink).lines(order, variantOf(table)))
  await writeFile(paths.fam, `${sampleId} ${sampleId} 0 0 ${SEX_CODES[sex]} -9\n`)
}

function bedOf({ allele1, allele2 }: GenotypeTable, order: Uint32Array): Uint8Array {
  const bed = new Uint8Array(BED_HEAD.length + order.length)
  bed.set(BED_HEAD)
  for (let n = 0; n < order.length; n++) {
    const row = order[n]!
    bed[BED_HEAD.length + n] = codeOf(allele1[row]!, allele2[row]!)
  }
  return bed
}

function codeOf(allele1: number, allele2: number): number {
  if (allele1 === ALLELE_MISSING) return MISSING
  return allele1 === allele2 || allele2 === ALLELE_NONE ? HOMOZYGOUS_A2 : HETEROZYGOUS
}

/** Chromosome, id, centimorgans, position, A1, A2. */
const variantOf =
  (table: GenotypeTable): PutLine =>
  (row, buffer, start) => {
    const allele1 = table.allele1[row]!
    const allele2 = table.allele2[row]!
    let at = putNumber(buffer, start, table.chromosome[row]!)
    buffer[at++] = TAB
    at = putBytes(buffer, at, table.ids, table.idStart(row), table.idEnd[row]!)
    buffer[at++] = TAB
    buffer[at++] = UNKNOWN
    buffer[at++] = TAB
    at = putNumber(buffer, at, table.position[row]!)
    buffer[at++] = TAB
    buffer[at++] = a1Of(allele1, allele2)
    buffer[at++] = TAB
    buffer[at++] = a2Of(allele1, allele2)
    buffer[at++] = NEWLINE
    return at
  }

function a1Of(allele1: number, allele2: number): number {
  if (allele1 === ALLELE_MISSING) return UNKNOWN
  if (allele1 !== allele2 && allele2 !== ALLELE_NONE) return Math.max(allele1, allele2)
  if (allele1 === LETTER_D) return LETTER_I
  return allele1 === LETTER_I ? LETTER_D : UNKNOWN
}

function a2Of(allele1: number, allele2: number): number {
  if (allele1 === ALLELE_MISSING) return UNKNOWN
  return Math.min(allele1, allele2)
}
