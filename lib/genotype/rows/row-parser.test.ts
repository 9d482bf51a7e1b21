import { describe, expect, test } from 'vitest'
import { twentyThreeAndMe } from '../formats/23andme.ts'
import { ancestryDna } from '../formats/ancestrydna.ts'
import { myHeritage } from '../formats/myheritage.ts'
import {
  ALLELE_MISSING,
  ALLELE_NONE,
  ROW_BROKEN,
  ROW_PHASED,
  ROW_UNKNOWN_ALLELE,
  ROW_UNKNOWN_CHROMOSOME,
  ROW_UNKNOWN_ID,
  type RowLayout,
  RowParser,
} from './row-parser.ts'

const LAYOUTS = {
  '23andme': { format: twentyThreeAndMe, twoAlleleColumns: false, doubledQuotes: false },
  '23andme columns': { format: twentyThreeAndMe, twoAlleleColumns: true, doubledQuotes: false },
  ancestrydna: { format: ancestryDna, twoAlleleColumns: true, doubledQuotes: false },
  myheritage: { format: myHeritage, twoAlleleColumns: false, doubledQuotes: false },
  'myheritage doubled': { format: myHeritage, twoAlleleColumns: false, doubledQuotes: true },
} as const satisfies Record<string, RowLayout>

const code = (letter: string) => letter.charCodeAt(0)

function parse(layout: keyof typeof LAYOUTS, row: string) {
  const parser = new RowParser(LAYOUTS[layout])
  // Bytes on either side, as in a chunk: the parser must not take them for the row's.
  const bytes = new TextEncoder().encode(`AA\n${row}\nrs9\t1\t99\tAA\n`)
  const flaws = parser.parse(bytes, 3, 3 + row.length)
  return { flaws, parser }
}

describe('a row as its vendor writes it is read', () => {
  test.each([
    ['23andme', 'rs4477212\t1\t82154\tAG', 1, 82154, code('A'), code('G')],
    ['23andme', 'i5000001\tX\t100\tT', 23, 100, code('T'), ALLELE_NONE],
    ['23andme', 'i5000001\tMT\t16569\tI', 26, 16569, code('I'), ALLELE_NONE],
    ['23andme', 'rs1\tY\t2700000\t-', 24, 2700000, ALLELE_MISSING, ALLELE_MISSING],
    ['23andme', 'rs1\t22\t5\t--', 22, 5, ALLELE_MISSING, ALLELE_MISSING],
    ['23andme', 'rs1\t22\t5\tDI', 22, 5, code('D'), code('I')],
    ['23andme columns', 'rs1\t7\t5\tC\tT', 7, 5, code('C'), code('T')],
    ['23andme columns', 'rs1\tX\t5\tC\t-', 23, 5, code('C'), ALLELE_NONE],
    ['23andme columns', 'rs1\t7\t5\t-\t-', 7, 5, ALLELE_MISSING, ALLELE_MISSING],
    ['ancestrydna', 'VGXS30101\t25\t500\tT\tC', 25, 500, code('T'), code('C')],
    ['ancestrydna', 'rs1\t26\t500\t0\t0', 26, 500, ALLELE_MISSING, ALLELE_MISSING],
    ['myheritage', '"rs1","X","100","GG"', 23, 100, code('G'), code('G')],
    ['myheritage', '"rs1","3","100","--"', 3, 100, ALLELE_MISSING, ALLELE_MISSING],
    ['myheritage doubled', '"rs1"",""12"",""101"",""AC"', 12, 101, code('A'), code('C')],
  ] as const)('%s: %s', (layout, row, chromosome, position, allele1, allele2) => {
    const { flaws, parser } = parse(layout, row)
    expect(flaws).toBe(0)
    expect(parser).toMatchObject({ chromosome, position, allele1, allele2 })
  })
})

describe('a row that no vendor writes is broken', () => {
  test.each([
    ['23andme', ''],
    ['23andme', 'rs1'],
    ['23andme', 'rs1\t1\t100'],
    ['23andme', 'rs1\t1\t100\t'],
    ['23andme', 'rs1\t1\t100\tA'],
    ['23andme', 'rs1\t1\t100\tAAA'],
    ['23andme', 'rs1\t1\t100\tA?'],
    ['23andme', 'rs1\t1\t100\tAA\t'],
    ['23andme', 'rs1\t1\t1.0E+08\tAA'],
    ['23andme', 'rs1\t1\t-100\tAA'],
    ['23andme', 'rs1\t1\t1000000000\tAA'],
    ['23andme', 'rs1\t1 100\tAA'],
    ['23andme', 'rs1\tchr1\t100\tAA'],
    ['23andme', '# rs1\t1\t100\tAA'],
    ['23andme', '\rrs1\t1\t100\tAA'],
    ['23andme', 'rs\0\t1\t100\tAA'],
    ['23andme', 'rs1,1,100,AA'],
    ['23andme columns', 'rs1\t7\t5\tC'],
    ['ancestrydna', 'rs1\t1\t100\tAG'],
    ['ancestrydna', 'rs1\t1\t100\tA\tGG'],
    ['ancestrydna', 'rs1\t1\t100\tA\tG\tT'],
    ['myheritage', 'rs1,1,100,AA'],
    ['myheritage', '"rs1","1","100","AA'],
    ['myheritage', '"rs1","1","100"'],
    ['myheritage', '"'],
    ['myheritage', '"rs1"",""12"",""101"",""AC"'],
    ['myheritage doubled', '"rs1","1","100","AA"'],
  ] as const)('%s: %s', (layout, row) => {
    expect(parse(layout, row).flaws).toBe(ROW_BROKEN)
  })
})

describe('a well-formed row with something unknown in it says what', () => {
  test.each([
    ['23andme', 'VGXS1\t1\t100\tAA', ROW_UNKNOWN_ID],
    ['23andme', 'AX-11\t1\t100\tAA', ROW_UNKNOWN_ID],
    ['23andme', '\t1\t100\tAA', ROW_UNKNOWN_ID],
    ['23andme', 'rs 1\t1\t100\tAA', ROW_UNKNOWN_ID],
    ['23andme', 'rs1;rs77\t1\t100\tAA', ROW_UNKNOWN_ID],
    ['23andme columns', 'rs1,rs77\t1\t100\tA\tA', ROW_UNKNOWN_ID],
    ['ancestrydna', 'rs1234567890123\t1\t100\tA\tA', ROW_UNKNOWN_ID],
    ['myheritage', '"","1","100","AA"', ROW_UNKNOWN_ID],
    ['myheritage', '"rs1\t,2","1","100","AA"', ROW_UNKNOWN_ID],
    ['myheritage doubled', '""",""1"",""100"",""AA"', ROW_UNKNOWN_ID],
    ['23andme', 'rs1\t0\t100\tAA', ROW_UNKNOWN_CHROMOSOME],
    ['23andme', 'rs1\t23\t100\tAA', ROW_UNKNOWN_CHROMOSOME],
    ['23andme', 'rs1\t1\t100\tNN', ROW_UNKNOWN_ALLELE],
    ['23andme', 'rs1\t1\t100\tA-', ROW_UNKNOWN_ALLELE],
    ['23andme', 'rs1\t1\t100\tAD', ROW_UNKNOWN_ALLELE],
    ['ancestrydna', 'rs1\t27\t100\tA\tB', ROW_UNKNOWN_CHROMOSOME + ROW_UNKNOWN_ALLELE],
    ['ancestrydna', 'rs1\t1\t100\tA\t0', ROW_UNKNOWN_ALLELE],
  ] as const)('%s: %s', (layout, row, flaws) => {
    expect(parse(layout, row).flaws).toBe(flaws)
  })

  test('and its genotype counts as not called', () => {
    expect(parse('23andme', 'rs1\t1\t100\tNN').parser).toMatchObject({
      allele1: ALLELE_MISSING,
      allele2: ALLELE_MISSING,
    })
  })
})

test('a phased genotype is distinguished from a broken one', () => {
  expect(parse('23andme', 'rs1\t1\t100\tA|G').flaws).toBe(ROW_PHASED)
})
