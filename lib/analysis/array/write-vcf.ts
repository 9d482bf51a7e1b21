import { CHROMOSOME_MT, CHROMOSOME_X, CHROMOSOME_Y, PAR_ON_X } from '#lib/genotype/chromosomes.ts'
import type { InferredSex } from '#lib/genotype/infer-sex.ts'
import { ALLELE_NONE } from '#lib/genotype/rows/row-parser.ts'
import type { Build } from '#lib/genotype/verdict.ts'
import type { BaseReader } from './base-reader.ts'
import { callVariant, type VariantCall } from './call-variant.ts'
import type { GenotypeTable } from './genotype-table.ts'
import { LineWriter, type PutLine } from './line-writer.ts'
import { orderRows } from './order-rows.ts'
import { putBytes, putNumber } from './put-bytes.ts'
import type { Reference } from './reference.ts'
import { TabixIndex } from './tabix-index.ts'
import { emptyVcfReport, type VcfWritten } from './vcf-report.ts'
import { withBgzf } from './with-file.ts'

const TAB = 0x09
const ASSEMBLIES: Record<Build, string> = { 36: 'NCBI36', 37: 'GRCh37', 38: 'GRCh38' }

export interface VcfOptions {
  sampleId: string
  sex: InferredSex
  reference: Reference
  bases: BaseReader
  paths: { vcf: string; tbi: string }
}

/**
 * Write a VCF 4.3 of one sample with REF from the reference, and its tabix index. Records follow the reference's order
 * of contigs; rows that it cannot hold are left out, and counted in the report.
 */
export async function writeVcf(table: GenotypeTable, options: VcfOptions): Promise<VcfWritten> {
  const { sampleId, reference, paths } = options
  const report = emptyVcfReport(reference.build)
  const index = new TabixIndex()
  const blockStarts = await withBgzf(paths.vcf, async (sink) => {
    const out = new LineWriter(sink)
    await out.text(headerOf(reference, sampleId))
    const order = orderRows(table, ranksOf(reference))
    report.withoutContig = table.rows - order.length
    await out.lines(order, recordOf(table, options, { out, index, report }))
    return sink.blockStarts
  })
  await withBgzf(paths.tbi, (sink) => sink.write(index.encode(blockStarts)))
  return report
}

function headerOf({ build, contigs }: Reference, sampleId: string): string {
  const lines = [
    '##fileformat=VCFv4.3',
    '##source=Arraydrop',
    `##reference=${ASSEMBLIES[build]}`,
    ...contigs.map(({ name, length }) => `##contig=<ID=${name},length=${length}>`),
    '##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">',
    `#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t${sampleId}`,
  ]
  return `${lines.join('\n')}\n`
}

interface Progress {
  out: LineWriter
  index: TabixIndex
  report: VcfWritten
}

/** The record of a row; nothing for one that is left out. */
function recordOf(
  table: GenotypeTable,
  { reference, bases, sex }: VcfOptions,
  { out, index, report }: Progress,
): PutLine {
  const isHaploid = haploidPlaces(sex, reference.build)
  const callAs = rememberCalls()
  const labels = reference.contigOf.map((contig) => ascii(`${contig?.name}\t`))
  return (row, buffer, start) => {
    const chromosome = table.chromosome[row]!
    const position = table.position[row]!
    const contig = reference.contigOf[chromosome]!
    if (position < 1 || position > contig.length) {
      report.outsideContig++
      return start
    }
    const second = table.allele2[row]!
    const haploid = second === ALLELE_NONE || isHaploid(chromosome, position)
    const call = callAs(bases.baseAt(contig, position), table.allele1[row]!, second, haploid)
    count(call, report)
    if (!call.line) return start
    const label = labels[chromosome]!
    let at = putBytes(buffer, start, label, 0, label.length)
    at = putNumber(buffer, at, position)
    buffer[at++] = TAB
    at = putBytes(buffer, at, table.ids, table.idStart(row), table.idEnd[row]!)
    buffer[at++] = TAB
    at = putBytes(buffer, at, call.line, 0, call.line.length)
    index.add(contig.name, position, out.flushed + start, out.flushed + at)
    return at
  }
}

/** Rank of each chromosome code by the order of the reference's contigs, from 1; 0 where it has none. */
function ranksOf({ contigs, contigOf }: Reference): number[] {
  return contigOf.map((contig) => (contig ? contigs.indexOf(contig) + 1 : 0))
}

/** Where a person of this sex has one copy. */
function haploidPlaces(sex: InferredSex, build: Build): (chromosome: number, position: number) => boolean {
  const [[first1, last1], [first2, last2]] = PAR_ON_X[build]
  const isPseudoautosomal = (position: number) =>
    (position >= first1 && position <= last1) || (position >= first2 && position <= last2)
  return (chromosome, position) => {
    if (chromosome === CHROMOSOME_X) return sex === 'male' && !isPseudoautosomal(position)
    return chromosome === CHROMOSOME_Y || chromosome === CHROMOSOME_MT
  }
}

type ReadyCall = VariantCall & { line: Uint8Array | undefined }

/** `callVariant`, each of the few hundred answers made once, as bytes. */
function rememberCalls() {
  const known = new Map<number, ReadyCall>()
  return (base: number, first: number, second: number, haploid: boolean): ReadyCall => {
    const key = (base << 17) | (first << 9) | (second << 1) | (haploid ? 1 : 0)
    let ready = known.get(key)
    if (!ready) {
      const call = callVariant(base, first, second, haploid)
      ready = { ...call, line: call.columns === undefined ? undefined : ascii(call.columns) }
      known.set(key, ready)
    }
    return ready
  }
}

function count({ kind, otherStrand, line }: ReadyCall, report: VcfWritten): void {
  report.rows[kind]++
  if (line) report.records++
  if (otherStrand && (kind === 'homozygousAlternate' || kind === 'mismatch')) report.otherStrand[kind]++
}

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text)
