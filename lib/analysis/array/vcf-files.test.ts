import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { TabixIndexedFile } from '@gmod/tabix'
import VCF from '@gmod/vcf'
import { afterAll, describe, expect, test } from 'vitest'
import { CHROMOSOME_LABELS, PAR_ON_X } from '#lib/genotype/chromosomes.ts'
import type { ExportPlan } from '#lib/genotype/fixtures/export-plan.ts'
import { synthesizeExport } from '#lib/genotype/fixtures/synthesize-export.ts'
import { VENDORS } from '#lib/genotype/vendors.ts'
import type { Build } from '#lib/genotype/verdict.ts'
import { type AnalysedExport, analyseSynthetic, type PlainRow, plainRows } from './export-for-tests.ts'
import { madeUpBase, writeReference } from './reference-for-tests.ts'

const ROWS = 3_000
const folder = await mkdtemp(path.join(tmpdir(), 'arraydrop-vcf-'))
afterAll(() => rm(folder, { recursive: true }))

/** As Ensembl, and as UCSC orders and names them; the short chromosomes, which make a small file. */
const PLAIN_NAMES = [19, 20, 21, 22, 23, 24, 26].map((code) => [CHROMOSOME_LABELS[code]!, code] as const)
const CHR_NAMES = [...PLAIN_NAMES]
  .map(([label, code]) => [code === 26 ? 'chrM' : `chr${label}`, code] as const)
  .sort(([a], [b]) => (a < b ? -1 : 1))

let references = 0
function referenceFor(plan: ExportPlan, contigs = PLAIN_NAMES, build: Build = 37): string {
  const fasta = path.join(folder, `reference-${references++}.fa`)
  writeReference(fasta, { build, contigs, places: plainRows(plan.vendor, synthesizeExport(plan).text) })
  return fasta
}

interface VcfRecord {
  contig: string
  position: number
  id: string
  reference: string
  alternate: string
  genotype: string
}

const COMPLEMENT: Record<string, string> = { A: 'T', C: 'G', G: 'C', T: 'A' }

/** What a row must be in the VCF; undefined when it has to be left out. */
function expectedRecord(
  { id, code, position, letters }: PlainRow,
  { sex, contigs }: { sex: 'male' | 'female'; contigs: readonly (readonly [string, number])[] },
): VcfRecord | undefined {
  const place = code === 25 ? 23 : code
  const contig = contigs.find(([, known]) => known === place)?.[0]
  const reference = madeUpBase(place, position).toUpperCase()
  if (contig === undefined || reference === 'N' || /[DI]/.test(letters)) return undefined
  const inPar = PAR_ON_X[37].some(([first, last]) => position >= first && position <= last)
  const haploid = code === 24 || code === 26 || (code === 23 && sex === 'male' && !inPar)
  const alternates = [...new Set(letters)].filter((letter) => letter !== reference)
  if (alternates.length > 1) return undefined
  const [alternate = '.'] = alternates
  const heterozygous = new Set(letters).size === 2
  const one = letters === '' ? '.' : alternate === '.' ? '0' : '1'
  const genotype = heterozygous ? '0/1' : haploid ? one : `${one}/${one}`
  return { contig, position, id, reference, alternate, genotype }
}

/** All records of a VCF, read by GMOD's parser. */
function readVcf(text: string, sampleId = 'sample'): VcfRecord[] {
  const lines = text.trimEnd().split('\n')
  const header = lines.filter((line) => line.startsWith('#')).join('\n')
  const parser = new VCF({ header })
  return lines
    .filter((line) => !line.startsWith('#'))
    .map((line) => {
      const variant = parser.parseLine(line)
      const genotype = variant.GENOTYPES()[sampleId] ?? 'none'
      const [id = ''] = variant.ID ?? []
      const [alternate = '.'] = variant.ALT ?? []
      const { CHROM: contig = '', POS: position, REF: reference = '' } = variant
      return { contig, position, id, reference, alternate, genotype }
    })
}

const inOrderOf =
  (contigs: readonly (readonly [string, number])[]) =>
  (a: VcfRecord, b: VcfRecord): number => {
    const rank = ({ contig }: VcfRecord) => contigs.findIndex(([name]) => name === contig)
    return rank(a) - rank(b) || a.position - b.position
  }

const unpack = async (analysed: AnalysedExport): Promise<string> =>
  gunzipSync(await analysed.read('genotypes-vcf')).toString()

describe('every genotype stands against the reference’s base, on the reference’s contigs', () => {
  const matrix = VENDORS.flatMap((vendor) =>
    (['male', 'female'] as const).flatMap((sex) => [
      { vendor, sex, names: 'plain', contigs: PLAIN_NAMES },
      { vendor, sex, names: 'chr', contigs: CHR_NAMES },
    ]),
  )
  test.each(matrix)('$vendor, $sex, $names names', async ({ vendor, sex, contigs }) => {
    const plan: ExportPlan = { vendor, sex, rows: ROWS, seed: 71 }
    const analysed = await analyseSynthetic(folder, plan, {
      referenceFasta: referenceFor(plan, contigs),
    })
    const expected = analysed.rows
      .flatMap((row) => expectedRecord(row, { sex, contigs }) ?? [])
      .sort(inOrderOf(contigs))
    expect(readVcf(await unpack(analysed))).toEqual(expected)
  })
})

test('what is left out is counted by its cause, and so is what the other strand would explain', async () => {
  const plan: ExportPlan = { vendor: '23andme', sex: 'female', rows: 16_000, seed: 72 }
  const present = (row: PlainRow) => PLAIN_NAMES.some(([, code]) => code === row.code)
  const analysed = await analyseSynthetic(folder, plan, { referenceFasta: referenceFor(plan) })
  const count = (which: (row: PlainRow, base: string) => boolean): number =>
    analysed.rows.filter(
      (row) => present(row) && which(row, madeUpBase(row.code, row.position).toUpperCase()),
    ).length
  const known = (base: string) => base !== 'N'
  const pair = (row: PlainRow, base: string) =>
    known(base) && /[ACGT]/.test(row.letters) && new Set(row.letters).size === 2
  const alike = (row: PlainRow, base: string) =>
    known(base) && /[ACGT]/.test(row.letters) && new Set(row.letters).size === 1
  const mismatch = (row: PlainRow, base: string) => pair(row, base) && !row.letters.includes(base)
  const report = analysed.vcf
  if (!report?.written) throw new Error('there is no VCF')
  expect(report).toEqual({
    written: true,
    referenceBuild: 37,
    records: readVcf(await unpack(analysed)).length,
    rows: {
      homozygousReference: count((row, base) => alike(row, base) && row.letters.startsWith(base)),
      heterozygous: count((row, base) => pair(row, base) && row.letters.includes(base)),
      homozygousAlternate: count((row, base) => alike(row, base) && !row.letters.startsWith(base)),
      noCall: count((row, base) => known(base) && row.letters === ''),
      indel: count((row, base) => known(base) && /[DI]/.test(row.letters)),
      mismatch: count(mismatch),
      unknownReference: count((_, base) => !known(base)),
    },
    otherStrand: {
      homozygousAlternate: count(
        (row, base) => alike(row, base) && row.letters.startsWith(COMPLEMENT[base] ?? '-'),
      ),
      mismatch: count((row, base) => mismatch(row, base) && row.letters.includes(COMPLEMENT[base] ?? '-')),
    },
    withoutContig: analysed.rows.filter((row) => !present(row)).length,
    outsideContig: 0,
  })
  for (const kind of ['indel', 'mismatch', 'unknownReference'] as const) {
    expect(report.rows[kind], kind).toBeGreaterThan(0)
  }
})

describe('the index finds the records of any region, and no others', () => {
  test.each([
    { names: 'plain', contigs: PLAIN_NAMES, rows: ROWS },
    { names: 'chr', contigs: CHR_NAMES, rows: ROWS },
    { names: 'plain, over many blocks', contigs: PLAIN_NAMES, rows: 40_000 },
  ])('$names', async ({ contigs, rows }) => {
    const plan: ExportPlan = { vendor: '23andme', sex: 'male', rows, seed: 73 }
    const analysed = await analyseSynthetic(folder, plan, {
      referenceFasta: referenceFor(plan, contigs),
    })
    const text = await unpack(analysed)
    const records = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
    const tabix = new TabixIndexedFile({
      path: analysed.pathOf('genotypes-vcf'),
      tbiPath: analysed.pathOf('genotypes-tbi'),
    })
    const found = async (contig: string, start: number, end: number): Promise<string[]> => {
      const lines: string[] = []
      await tabix.getLines(contig, start, end, (line: string) => lines.push(line))
      return lines
    }
    expect(await tabix.getHeader()).toBe(text.slice(0, text.indexOf(records[0]!)))
    for (const [contig] of contigs) {
      const own = records.filter((line) => line.startsWith(`${contig}\t`))
      expect(await found(contig, 0, 300_000_000)).toEqual(own)
      for (const [start, end] of regionsOf(own)) {
        const within = own.filter((line) => positionOf(line) > start && positionOf(line) <= end)
        expect(await found(contig, start, end), `${contig}:${start}-${end}`).toEqual(within)
      }
    }
  })
})

const positionOf = (line: string): number => Number(line.split('\t')[1])

/** Half-open regions from 0: single records, the gap before them, edges of bins and windows. */
function regionsOf(records: string[]): [number, number][] {
  const positions = [records[0]!, records[records.length >> 1]!, records.at(-1)!].map(positionOf)
  return [
    ...positions.flatMap((position): [number, number][] => [
      [position - 1, position],
      [Math.max(0, position - 20_000), position - 1],
      [position, position + 100],
    ]),
    [16_384, 1_048_576],
    [1_048_576, 3_145_728],
    [0, 16_384],
  ]
}

describe('without a reference that fits there is no VCF, and the report says why', () => {
  const plan: ExportPlan = { vendor: '23andme', chip: 'v2', build: 36, rows: ROWS, seed: 74 }
  test('positions of another build', async () => {
    const referenceFasta = referenceFor(plan)
    const { vcf, files } = await analyseSynthetic(folder, plan, { referenceFasta })
    expect(vcf).toEqual({ written: false, why: 'other_build', build: 36, referenceBuild: 37 })
    expect(files.map(({ fileType }) => fileType)).toEqual([
      'plink-bed',
      'plink-bim',
      'plink-fam',
      'genotypes-tsv',
    ])
  })

  test('positions outrank the header here too', async () => {
    const misnamed: ExportPlan = { ...plan, statedBuild: 37 }
    const referenceFasta = referenceFor(misnamed)
    const { vcf } = await analyseSynthetic(folder, misnamed, { referenceFasta })
    expect(vcf).toMatchObject({ written: false, why: 'other_build', build: 36 })
  })

  test('a reference of that build will do', async () => {
    const referenceFasta = referenceFor(plan, PLAIN_NAMES, 36)
    const { vcf } = await analyseSynthetic(folder, plan, { referenceFasta })
    expect(vcf).toMatchObject({ written: true, referenceBuild: 36 })
  })

  test('a reference of no build we know', async () => {
    const referenceFasta = referenceFor(plan, [['22', 21]], 37)
    const { vcf } = await analyseSynthetic(folder, plan, { referenceFasta })
    expect(vcf).toEqual({ written: false, why: 'reference_unknown', build: 36, referenceBuild: null })
  })

  test('no reference at all', async () => {
    expect((await analyseSynthetic(folder, plan)).vcf).toBeUndefined()
  })
})

test('an index that does not fit its FASTA is an error, not a wrong base', async () => {
  const plan: ExportPlan = { vendor: '23andme', rows: ROWS, seed: 75 }
  const referenceFasta = path.join(folder, 'stale.fa')
  writeReference(referenceFasta, { build: 37, contigs: PLAIN_NAMES, places: [] })
  await expect(analyseSynthetic(folder, plan, { referenceFasta })).rejects.toThrow('does not fit its index')
})
