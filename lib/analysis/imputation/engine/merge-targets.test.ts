import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { mergeTargets } from './merge-targets.ts'

const target = (rows: readonly [position: number, genotype: string][]) =>
  [
    '##fileformat=VCFv4.2',
    '##contig=<ID=20>',
    '#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tsample',
    ...rows.map(([position, genotype]) => `20\t${position}\t.\tA\tG\t.\tPASS\t.\tGT\t${genotype}`),
    '',
  ].join('\n')

test('Targets with the same markers stand side by side in their order; others are refused', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'arraydrop-merge-'))
  const write = async (name: string, rows: readonly [number, string][]) => {
    const file = path.join(folder, name)
    await writeFile(file, target(rows))
    return file
  }
  try {
    const one = await write('one', [
      [100, '0|1'],
      [200, '1|1'],
    ])
    const other = await write('other', [
      [100, '0|0'],
      [200, '1|0'],
    ])
    const merged = path.join(folder, 'merged')
    await mergeTargets([other, one], merged)
    const lines = (await readFile(merged, 'utf8')).split('\n')
    expect(lines.slice(2)).toEqual([
      '#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tsample0\tsample1',
      '20\t100\t.\tA\tG\t.\tPASS\t.\tGT\t0|0\t0|1',
      '20\t200\t.\tA\tG\t.\tPASS\t.\tGT\t1|0\t1|1',
      '',
    ])
    const fewer = await write('fewer', [[100, '0|1']])
    await expect(mergeTargets([one, fewer], merged)).rejects.toThrow(/other markers/)
    await expect(mergeTargets([fewer, one], merged)).rejects.toThrow(/other markers/)
    const elsewhere = await write('elsewhere', [
      [100, '0|1'],
      [300, '1|1'],
    ])
    await expect(mergeTargets([one, elsewhere], merged)).rejects.toThrow(/other markers/)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
