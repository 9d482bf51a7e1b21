import fc from 'fast-check'
import { expect, test } from 'vitest'
import { twentyThreeAndMe } from '../formats/23andme.ts'
import { ancestryDna } from '../formats/ancestrydna.ts'
import { myHeritage } from '../formats/myheritage.ts'
import { PlainRows } from './plain-rows.ts'
import { type RowLayout, RowParser } from './row-parser.ts'

const LAYOUTS: RowLayout[] = [
  { format: twentyThreeAndMe, twoAlleleColumns: false, doubledQuotes: false },
  { format: twentyThreeAndMe, twoAlleleColumns: true, doubledQuotes: false },
  { format: ancestryDna, twoAlleleColumns: true, doubledQuotes: false },
  { format: myHeritage, twoAlleleColumns: false, doubledQuotes: false },
]
const FOLLOWING = `rs9\t1\t99\tAA\n${'.'.repeat(64)}`

const fieldsOf = ({
  idStart,
  idEnd,
  idKind,
  idNumber,
  chromosome,
  position,
  allele1,
  allele2,
}: RowParser) => ({
  idStart,
  idEnd,
  idKind,
  idNumber,
  chromosome,
  position,
  allele1,
  allele2,
})

/** Both readings of one line; `plain` is undefined where the row is left to the parser. */
function readBoth(layout: RowLayout, line: string) {
  const bytes = new TextEncoder().encode(`${line}\n${FOLLOWING}`)
  const newline = bytes.indexOf(0x0a)
  const slow = new RowParser(layout)
  const flaws = slow.parse(bytes, 0, bytes[newline - 1] === 0x0d ? newline - 1 : newline)
  const fast = new RowParser(layout)
  const end = new PlainRows(fast, layout).read(bytes, 0)
  return {
    parsed: { end: newline, flaws, ...fieldsOf(slow) },
    plain: end === -1 ? undefined : { end, flaws: 0, ...fieldsOf(fast) },
  }
}

const field = (...usual: string[]) =>
  fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...usual) }, fc.string())
const digits = fc.oneof(fc.nat(), fc.nat(10 ** 13)).map(String)
const line = fc
  .tuple(
    fc.oneof(
      fc.tuple(field('rs', 'i', 'VGXS', 'r', 'kgp'), digits).map(([kind, number]) => kind + number),
      field('rs'),
    ),
    field('1', '9', '22', '23', '26', 'X', 'Y', 'XY', 'MT', '0', ''),
    fc.oneof(digits, field('', '0', '1x')),
    field(
      'A',
      'AG',
      '--',
      '-',
      'DI',
      'D',
      'G\tT',
      '0\t0',
      '-\t-',
      'C\t-',
      'T\t',
      'A|C',
      '00',
      'AD',
      'NN',
      'AAA',
    ),
    field('', '\r', ' ', '\t'),
  )
  .chain(([id, chromosome, position, genotype, end]) =>
    fc
      .constantFrom('\t', '\t', '\t', ',', ' ')
      .map((by) => [id, chromosome, position, genotype].join(by) + end),
  )

test.each(LAYOUTS)(
  'a row is read as the parser reads it, or left to it ($format.vendor, columns: $twoAlleleColumns)',
  (layout) => {
    fc.assert(
      fc.property(line, (text) => {
        const { parsed, plain } = readBoth(layout, text)
        if (plain) expect(plain).toEqual(parsed)
      }),
      { numRuns: process.env.ARRAYDROP_TORTURE ? 3_000 : 600 },
    )
  },
)

test.each([
  'rs4477212\t1\t82154\tAG',
  'rs1234567890\t22\t5\t--\r',
  'i5000001\tX\t100\tT',
  'rs1\tMT\t16569\tI',
])('a usual row is not left to the parser: %j', (text) => {
  const { parsed, plain } = readBoth(LAYOUTS[0]!, text)
  expect(plain).toEqual(parsed)
})

test('a row whose end is not among the bytes is left alone', () => {
  const bytes = new TextEncoder().encode('rs4477212\t1\t82154\tAG')
  expect(new PlainRows(new RowParser(LAYOUTS[0]!), LAYOUTS[0]!).read(bytes, 0)).toBe(-1)
})
