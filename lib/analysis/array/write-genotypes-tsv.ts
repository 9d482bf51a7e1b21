import { CHROMOSOME_LABELS } from '#lib/genotype/chromosomes.ts'
import { ALLELE_MISSING, ALLELE_NONE } from '#lib/genotype/rows/row-parser.ts'
import type { GenotypeTable } from './genotype-table.ts'
import { LineWriter, type PutLine } from './line-writer.ts'
import { putBytes, putNumber } from './put-bytes.ts'
import { withBgzf } from './with-file.ts'

const HEADER = 'rsid\tchromosome\tposition\tallele1\tallele2\n'
const NO_CALL = 0x2d
const TAB = 0x09
const NEWLINE = 0x0a
const LABELS = CHROMOSOME_LABELS.map((label) => new TextEncoder().encode(`\t${label}\t`))

/**
 * Write every row of one sample in one form, whatever the vendor's: chromosomes 1 to 22, X, Y, XY, MT, two alleles in
 * the alphabet's order, a single copy twice, `-` where there is no call. Packed as BGZF, the same bytes for the same rows.
 */
export function writeGenotypesTsv(table: GenotypeTable, order: Uint32Array, path: string): Promise<void> {
  return withBgzf(path, async (sink) => {
    const out = new LineWriter(sink)
    await out.text(HEADER)
    await out.lines(order, lineOf(table))
  })
}

const lineOf =
  (table: GenotypeTable): PutLine =>
  (row, buffer, start) => {
    const first = table.allele1[row]!
    const second = table.allele2[row] === ALLELE_NONE ? first : table.allele2[row]!
    const called = first !== ALLELE_MISSING
    const label = LABELS[table.chromosome[row]!]!
    let at = putBytes(buffer, start, table.ids, table.idStart(row), table.idEnd[row]!)
    at = putBytes(buffer, at, label, 0, label.length)
    at = putNumber(buffer, at, table.position[row]!)
    buffer[at++] = TAB
    buffer[at++] = called ? Math.min(first, second) : NO_CALL
    buffer[at++] = TAB
    buffer[at++] = called ? Math.max(first, second) : NO_CALL
    buffer[at++] = NEWLINE
    return at
  }
