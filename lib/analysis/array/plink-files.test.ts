import { execFile, spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, describe, expect, test } from 'vitest'
import { CHIP_PLANS } from '#lib/genotype/fixtures/chip-plans.ts'
import { VENDORS } from '#lib/genotype/vendors.ts'
import { type AnalysedExport, analyseSynthetic, type PlainRow } from './export-for-tests.ts'

const ROWS = 3_000
const folder = await mkdtemp(path.join(tmpdir(), 'arraydrop-plink-'))
afterAll(() => rm(folder, { recursive: true }))

/** The genotypes of a PLINK file set, as its specification says to read them. */
async function readPlink(analysed: AnalysedExport): Promise<PlainRow[]> {
  const bed = await analysed.read('plink-bed')
  const variants = (await analysed.read('plink-bim')).toString().trimEnd().split('\n')
  expect([...bed.subarray(0, 3)]).toEqual([0x6c, 0x1b, 0x01])
  expect(bed.length).toBe(3 + variants.length)
  return variants.map((line, n) => {
    const [code, id = '', centimorgans, position, a1, a2] = line.split('\t')
    expect(centimorgans).toBe('0')
    const letters = [`${a1}${a1}`, '', `${a2}${a1}`, `${a2}${a2}`][bed[3 + n]!]!
    return { id, code: Number(code), position: Number(position), letters }
  })
}

/** PLINK writes one copy as two, and knows no order within a pair. */
const asPair = (row: PlainRow): PlainRow => ({
  ...row,
  letters: [...(row.letters.length === 1 ? row.letters.repeat(2) : row.letters)].sort().join(''),
})

describe('every genotype comes back out of the PLINK files as it stood in the export', () => {
  const matrix = CHIP_PLANS.flatMap(({ vendor, chip }) =>
    (['male', 'female'] as const).map((sex) => ({ vendor, chip, sex })),
  )
  test.each(matrix)('$vendor $chip, $sex', async (plan) => {
    const analysed = await analyseSynthetic(folder, { ...plan, rows: ROWS, seed: 51 })
    expect((await readPlink(analysed)).map(asPair)).toEqual(analysed.rows.map(asPair))
    const sex = plan.sex === 'male' ? 1 : 2
    expect((await analysed.read('plink-fam')).toString()).toBe(`sample sample 0 0 ${sex} -9\n`)
  })
})

test('letters that nobody has seen are unknown, and D and I know each other', async () => {
  const letters = ['TC', 'TT', '--', 'DI', 'DD', 'II']
  const analysed = await analyseSynthetic(
    folder,
    { vendor: '23andme', rows: ROWS, seed: 52 },
    {
      edit: (text) => {
        const lines = text.split('\r\n')
        const first = lines.findIndex((line) => line.startsWith('rs'))
        for (const [n, pair] of letters.entries()) {
          lines[first + n] = lines[first + n]!.replace(/[^\t]+$/, pair)
        }
        return lines.join('\r\n')
      },
    },
  )
  const variants = (await analysed.read('plink-bim')).toString().split('\n').slice(0, letters.length)
  expect(variants.map((line) => line.split('\t').slice(4).join(' '))).toEqual([
    'T C',
    '0 T',
    '0 0',
    'I D',
    'I D',
    'D I',
  ])
})

test('a sex that the file does not show is 0', async () => {
  const mixed = { vendor: '23andme', sex: 'female', strayYCalls: 9, rows: ROWS, seed: 53 } as const
  const analysed = await analyseSynthetic(folder, mixed)
  expect(analysed.summary.inferredSex).toBe('undetermined')
  expect((await analysed.read('plink-fam')).toString()).toBe('sample sample 0 0 0 -9\n')
})

test('ids that occur twice are kept, and stray rows stand where they belong', async () => {
  const analysed = await analyseSynthetic(
    folder,
    { vendor: '23andme', rows: ROWS, seed: 54 },
    {
      edit: (text) => {
        const lines = text.split('\r\n')
        const [stray = ''] = lines.splice(500, 1)
        lines.splice(510, 0, stray, stray)
        return lines.join('\r\n')
      },
    },
  )
  const inOrder = analysed.rows.toSorted((a, b) => a.code - b.code || a.position - b.position)
  expect(inOrder).not.toEqual(analysed.rows)
  expect((await readPlink(analysed)).map(asPair)).toEqual(inOrder.map(asPair))
})

const run = promisify(execFile)
const hasPlink = spawnSync('plink1.9', ['--version']).status === 0

/** Homozygous, heterozygous, haploid and missing genotypes by chromosome code, as plink1.9 counts them. */
async function countsByPlink(analysed: AnalysedExport): Promise<Record<string, number[]>> {
  const out = path.join(folder, 'counted')
  const files = ['bed', 'bim', 'fam'].flatMap((kind) => [`--${kind}`, analysed.pathOf(`plink-${kind}`)])
  await run('plink1.9', [...files, '--freqx', '--missing', '--out', out])
  const counts: Record<string, number[]> = {}
  const lines = (await readFile(`${out}.frqx`, 'utf8')).trimEnd().split('\n').slice(1)
  for (const line of lines) {
    const [code = '', , , , homA1, het, homA2, hapA1, hapA2, missing] = line.split('\t')
    const sums = [Number(homA1) + Number(homA2), Number(het), Number(hapA1) + Number(hapA2), Number(missing)]
    counts[code] = sums.map((sum, n) => sum + (counts[code]?.[n] ?? 0))
  }
  return counts
}

/** The same of the rows. PLINK counts a man's X and Y as haploid, two letters there as missing, and no woman's Y at all. */
function countsByRows(rows: PlainRow[], sex: 'male' | 'female'): Record<string, number[]> {
  const counts: Record<string, number[]> = {}
  for (const { code, letters } of rows) {
    counts[code] ??= [0, 0, 0, 0]
    if (sex === 'female' && code === 24) continue
    const kinds = counts[code]
    const haploid = sex === 'male' && (code === 23 || code === 24)
    const heterozygous = new Set(letters).size === 2
    if (letters === '' || (haploid && heterozygous)) kinds[3]!++
    else if (haploid) kinds[2]!++
    else kinds[heterozygous ? 1 : 0]!++
  }
  return counts
}

describe.skipIf(!hasPlink)('plink1.9 counts what stands in the export, chromosome by chromosome', () => {
  const matrix = VENDORS.flatMap((vendor) => (['male', 'female'] as const).map((sex) => ({ vendor, sex })))
  test.each(matrix)('$vendor, $sex', async ({ vendor, sex }) => {
    const analysed = await analyseSynthetic(folder, { vendor, sex, rows: ROWS, seed: 55 })
    expect(await countsByPlink(analysed)).toEqual(countsByRows(analysed.rows, sex))
  })
})
