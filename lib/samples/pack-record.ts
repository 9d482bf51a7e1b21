import { isDeepStrictEqual } from 'node:util'
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib'
import type { ChromosomeSummary, ExportSummary } from '#lib/genotype/export-summary.ts'

/** Of the numbers of an export, those that questions about many samples read in the database. */
const ASKED_FOR = ['autosomalCallRate', 'autosomalHeterozygosity', 'inferredSex', 'chip'] as const

/** The quality record of an export, as far as it is packed. */
interface ExportRecord {
  summary: ExportSummary
}

/** Rows, rows without a call, heterozygous, haploid, indels: the other numbers of a chromosome follow from these. */
type Counts = [number, number, number, number, number]

interface Packed {
  /** Without what is asked for. */
  summary: Partial<ExportSummary>
  /** In place of the summary's own. */
  counts?: Record<string, Counts>
}

/**
 * Divide the quality record of an export into what the database is asked for and the rest of its numbers, packed to a
 * third of what they take as JSON. Other records are not packed.
 */
export function packRecord(qc: unknown): { qc: unknown; packed: Buffer | null } {
  if (!isWhole(qc)) return { qc, packed: null }
  const { summary } = qc
  const counts = countsOf(summary.byChromosome)
  const isDerived = isDeepStrictEqual(chromosomesOf(counts), summary.byChromosome)
  const rest = pick(summary, (name) => !isAskedFor(name) && !(isDerived && name === 'byChromosome'))
  const packed: Packed = { summary: rest, ...(isDerived && { counts }) }
  return {
    qc: { ...qc, summary: pick(summary, isAskedFor) },
    packed: brotliCompressSync(JSON.stringify(packed)),
  }
}

/**
 * The record as it was before `packRecord`. One that is whole is returned as it is: a replica of the release before
 * writes such, and leaves what was packed of an earlier one beside it.
 */
export function unpackRecord(qc: unknown, packed: Uint8Array | null): unknown {
  if (packed === null || isWhole(qc)) return qc
  const { summary, counts } = JSON.parse(brotliDecompressSync(packed).toString('utf8')) as Packed
  const { summary: asked } = qc as Pick<ExportRecord, 'summary'>
  const byChromosome = counts && { byChromosome: chromosomesOf(counts) }
  return { ...(qc as object), summary: { ...asked, ...summary, ...byChromosome } }
}

const isWhole = (qc: unknown): qc is ExportRecord =>
  (qc as Partial<ExportRecord> | null)?.summary?.byChromosome !== undefined

const isAskedFor = (name: string) => (ASKED_FOR as readonly string[]).includes(name)

const pick = (summary: ExportSummary, isWanted: (name: string) => boolean): Partial<ExportSummary> =>
  Object.fromEntries(Object.entries(summary).filter(([name]) => isWanted(name)))

const countsOf = (byChromosome: ExportSummary['byChromosome']): Record<string, Counts> =>
  Object.fromEntries(
    Object.entries(byChromosome).map(([label, { rows, noCalls, heterozygous, haploid, indels }]) => [
      label,
      [rows, noCalls, heterozygous, haploid, indels],
    ]),
  )

const chromosomesOf = (counts: Record<string, Counts>): Record<string, ChromosomeSummary> =>
  Object.fromEntries(
    Object.entries(counts).map(([label, [rows, noCalls, heterozygous, haploid, indels]]) => {
      const calls = rows - noCalls
      const heterozygosity = calls === 0 ? null : heterozygous / calls
      return [label, { rows, calls, noCalls, heterozygous, heterozygosity, haploid, indels }]
    }),
  )
