import fc from 'fast-check'
import { expect, test } from 'vitest'
import { GenotypeTable } from './genotype-table.ts'
import { orderRows, PLINK_RANKS } from './order-rows.ts'

const rows = fc.array(fc.record({ code: fc.integer({ min: 1, max: 26 }), position: fc.nat({ max: 20 }) }), {
  maxLength: 200,
})

function tableOf(list: { code: number; position: number }[]): GenotypeTable {
  const table = new GenotypeTable(list.length)
  const id = new TextEncoder().encode('rs1')
  for (const { code, position } of list) table.add(code, position, 0x41, 0x41, id, 0, id.length)
  return table
}

test('rows come by chromosome and position, those that tie in the file’s order', () => {
  fc.assert(
    fc.property(rows, (list) => {
      const numbered = list.map((row, n) => ({ ...row, n }))
      const expected = numbered
        .toSorted((a, b) => a.code - b.code || a.position - b.position)
        .map(({ n }) => n)
      expect([...orderRows(tableOf(list), PLINK_RANKS)]).toEqual(expected)
    }),
  )
})

test('chromosomes may share a rank or have none', () => {
  const ranks = PLINK_RANKS.map((code) => (code === 25 ? 23 : code % 2 === 0 ? 0 : 27 - code))
  fc.assert(
    fc.property(rows, (list) => {
      const numbered = list.map((row, n) => ({ ...row, rank: ranks[row.code]!, n }))
      const expected = numbered
        .filter(({ rank }) => rank > 0)
        .toSorted((a, b) => a.rank - b.rank || a.position - b.position)
        .map(({ n }) => n)
      expect([...orderRows(tableOf(list), ranks)]).toEqual(expected)
    }),
  )
})

test('ids of any length come back out of the table', () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[!-~]{1,64}$/), { maxLength: 60 }), (ids) => {
      const table = new GenotypeTable(ids.length)
      for (const id of ids) table.add(1, 1, 0, 0, new TextEncoder().encode(`<${id}>`), 1, id.length + 1)
      const found = ids.map((_, row) =>
        new TextDecoder().decode(table.ids.subarray(table.idStart(row), table.idEnd[row])),
      )
      expect(found).toEqual(ids)
    }),
  )
})
