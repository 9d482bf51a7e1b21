import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { CHROMOSOME_LABELS } from '#lib/genotype/chromosomes.ts'
import type { ExportPlan } from '#lib/genotype/fixtures/export-plan.ts'
import { VENDORS } from '#lib/genotype/vendors.ts'
import { analyseSynthetic, type PlainRow } from './export-for-tests.ts'

const folder = await mkdtemp(path.join(tmpdir(), 'arraydrop-tsv-'))
afterAll(() => rm(folder, { recursive: true }))

/** The line of a row, from the words of what it holds. */
function lineOf({ id, code, position, letters }: PlainRow): string {
  const two = letters === '' ? '--' : letters.length === 1 ? letters.repeat(2) : letters
  return [id, CHROMOSOME_LABELS[code], position, ...[...two].sort()].join('\t')
}

describe('rows have one form whichever vendor wrote the export', () => {
  const layouts: ExportPlan[] = [
    ...VENDORS.flatMap((vendor) =>
      (['male', 'female'] as const).map((sex) => ({ vendor, sex, rows: 3_000, seed: 61 })),
    ),
    { vendor: 'ancestrydna', chip: 'v1', rows: 3_000, seed: 62 },
    { vendor: '23andme', chip: 'v2', build: 36, rows: 3_000, seed: 63 },
    { vendor: '23andme', alleleColumns: true, rows: 3_000, seed: 64 },
    { vendor: '23andme', singleDash: true, sex: 'female', rows: 3_000, seed: 65 },
    { vendor: 'myheritage', extraQuotes: true, rows: 3_000, seed: 66 },
  ]
  test.each(layouts)('%o', async (plan) => {
    const { rows, read } = await analyseSynthetic(folder, plan)
    // In 23andMe's layout of two columns, a dash stands for the second copy that a man has not.
    const plain = rows.map((row) => ({ ...row, letters: row.letters.replace(/(?<=[A-Z])-$/, '') }))
    const [header, ...lines] = gunzipSync(await read('genotypes-tsv'))
      .toString()
      .trimEnd()
      .split('\n')
    expect(header).toBe('rsid\tchromosome\tposition\tallele1\tallele2')
    expect(lines).toEqual(plain.map(lineOf))
  })
})

test('the same export gives the same bytes, whenever it is analysed', async () => {
  const plan: ExportPlan = { vendor: '23andme', rows: 6_000, seed: 67 }
  const [first, second] = [await analyseSynthetic(folder, plan), await analyseSynthetic(folder, plan)]
  for (const { fileType } of first.files) {
    expect((await second.read(fileType)).equals(await first.read(fileType)), fileType).toBe(true)
  }
})
