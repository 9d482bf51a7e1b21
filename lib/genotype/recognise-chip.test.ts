import { expect, test } from 'vitest'
import { recogniseChip } from './recognise-chip.ts'

const chip = (rows: number, ...ids: number[]) =>
  recogniseChip({ vendor: '23andme', comments: [], rows, hasId: (rs) => ids.includes(rs) })

test('chips that start alike are distinguished by their rows', () => {
  expect(chip(960_613, 4477212)).toEqual({ name: '23andMe v3', evidence: ['chip_only_ids', 'row_count'] })
  expect(chip(574_513, 4477212)).toEqual({
    name: '23andMe v1 or v2',
    evidence: ['chip_only_ids', 'row_count'],
  })
  expect(chip(3_000, 4477212)).toEqual({ name: null, evidence: [] })
})

test('an upgraded kit that joins chips is called so', () => {
  expect(chip(1_100_000, 4477212, 548049170).name).toBe('23andMe, several chips')
})
