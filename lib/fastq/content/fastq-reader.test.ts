import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { seededRandom } from '#lib/genotype/fixtures/seeded-random.ts'
import { synthesizeFastq } from '../fixtures/synthesize-fastq.ts'
import { FastqReader } from './fastq-reader.ts'
import { type ReadsSummary, summariseReads } from './summarise-reads.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)

/** What a reader says of a text that comes in these pieces. */
function read(text: string | Uint8Array, cuts: number[] = [], file: 'R1' | 'R2' = 'R1') {
  const bytes = typeof text === 'string' ? bytesOf(text) : text
  const names: number[] = []
  const reader = new FastqReader({ file, noteName: (hash) => names.push(hash) })
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
  for (const [at, from] of places.slice(0, -1).entries()) reader.push(bytes.slice(from, places[at + 1]))
  reader.end()
  return { fault: reader.fault, summary: summariseReads(reader.tally), names }
}

interface PlainRead {
  name: string
  sequence: string
  qualities: string
}

const aRead = fc
  .record({
    name: fc.stringMatching(/^[!-.0-~]{1,12}$/),
    sequence: fc.stringMatching(/^[ACGTNacgtnRYSWKMBDHVU.-]{0,60}$/),
    seed: fc.nat(),
  })
  .map(({ name, sequence, seed }) => {
    const random = seededRandom(seed)
    const qualities = Array.from(sequence, () => String.fromCharCode(33 + Math.floor(random() * 94)))
    return { name, sequence, qualities: qualities.join('') }
  })
const write = (reads: PlainRead[]) =>
  reads.map(({ name, sequence, qualities }) => `@${name}\n${sequence}\n+\n${qualities}\n`).join('')

/** The same numbers by the plainest means. */
function countPlainly(reads: PlainRead[]): Partial<ReadsSummary> {
  const letters = reads.flatMap(({ sequence }) => [...sequence.toUpperCase()])
  const qualities = reads.flatMap((one) =>
    [...one.qualities].map((character) => character.charCodeAt(0) - 33),
  )
  const called = letters.filter((letter) => 'ACGTU'.includes(letter))
  const share = (count: number) => (letters.length === 0 ? 0 : count / letters.length)
  return {
    reads: reads.length,
    bases: letters.length,
    gcShare:
      called.length === 0 ? null : called.filter((letter) => 'CG'.includes(letter)).length / called.length,
    ambiguousShare: share(letters.length - called.length),
    meanQuality: share(qualities.reduce((sum, quality) => sum + quality, 0)),
    q30Share: share(qualities.filter((quality) => quality >= 30).length),
    lowestQuality: qualities.length === 0 ? 0 : Math.min(...qualities),
    highestQuality: qualities.length === 0 ? 0 : Math.max(...qualities),
    duplicateShare: 1 - new Set(reads.map(({ sequence }) => sequence)).size / reads.length,
  }
}

test('every number is that of a plain count, whatever the reads and however the file is cut into pieces', () => {
  fc.assert(
    fc.property(fc.array(aRead, { minLength: 1, maxLength: 30 }), fc.array(fc.nat()), (reads, cuts) => {
      const whole = read(write(reads))
      expect(whole.fault).toBeUndefined()
      expect(whole.summary).toMatchObject(countPlainly(reads))
      expect(whole.names).toHaveLength(reads.length)
      expect(read(write(reads), cuts)).toEqual(whole)
    }),
    { numRuns: 40 },
  )
})

test('a damaged file has the same fault at the same line, however it is cut into pieces', () => {
  const damage = fc.record({ at: fc.nat(), byte: fc.integer({ min: 0, max: 255 }), keep: fc.nat() })
  const sound = fc.array(aRead, { minLength: 1, maxLength: 10 }).map((reads) => bytesOf(write(reads)))
  fc.assert(
    fc.property(sound, damage, fc.array(fc.nat()), (bytes, { at, byte, keep }, cuts) => {
      const damaged = bytes.slice(0, 1 + (keep % bytes.length))
      damaged[at % damaged.length] = byte
      expect(read(damaged, cuts)).toEqual(read(damaged))
      expect(
        read(
          damaged,
          Array.from({ length: damaged.length }, (_, cut) => cut),
        ),
      ).toEqual(read(damaged))
    }),
    { numRuns: 30 },
  )
})

test('a read refused for its qualities counts for nothing, however the file is cut into pieces', () => {
  const text = `${GOOD}@b\nACGT\n+\nII\x7fI\n`
  const everyByte = Array.from({ length: text.length }, (_, cut) => cut)
  expect(read(text)).toEqual(read(text, everyByte))
  expect(read(text).summary.cycles).toEqual(read(GOOD).summary.cycles)
})

test('reads of all lengths follow one another: the length of the last one never decides', () => {
  for (let seed = 1; seed < 40; seed++) {
    const bytes = synthesizeFastq({ reads: 200, length: [0, 12], seed })
    expect(read(bytes).fault).toBeUndefined()
    expect(read(bytes).summary.reads).toBe(200)
  }
})

test('a read longer than every piece is read', () => {
  const sequence = 'ACGT'.repeat(1_000_000)
  const { fault, summary } = read(`@a\n${sequence}\n+\n${sequence}\n@b\nA\n+\nI\n`, [1_000, 2_000_000])
  expect(fault).toBeUndefined()
  expect(summary).toMatchObject({ reads: 2, bases: 4_000_001, length: { min: 1, max: 4_000_000, median: 1 } })
  expect(summary.cycles).toHaveLength(1_000)
})

const GOOD = '@a\nACGT\n+\nIIII\n'

describe('a fault names its line', () => {
  test.each([
    ['', 'empty', null],
    ['\n', 'empty', null],
    ['>a\nACGT\n', 'name_line', 1],
    [`${GOOD}ACGT\n`, 'name_line', 5],
    [`${GOOD}@\nACGT\n+\nIIII\n`, 'name_line', 5],
    [`${GOOD}\n${GOOD}`, 'name_line', 5],
    [`${GOOD}@b\nAC*T\n+\nIIII\n`, 'letters', 6],
    [`${GOOD}@b\nAC T\n+\nIIII\n`, 'letters', 6],
    [`${GOOD}@b\nACGT\nIIII\n@c\nACGT\n+\nIIII\n`, 'plus_line', 7],
    [`${GOOD}@b\nACGT\nACGT\n+\nIIIIIIII\n`, 'plus_line', 7],
    [`${GOOD}@b\nACGT\n+\nIII\n${GOOD}`, 'lengths', 8],
    [`${GOOD}@b\nACGT\n+\nIIIII\n${GOOD}`, 'lengths', 8],
    [`${GOOD}@b\nACGT\n+\nIII\n`, 'lengths', 8],
    [`${GOOD}@b\nACGT\n+\nII I\n`, 'qualities', 8],
    [`${GOOD}@b\nACGT\n+\nII\x7fI\n`, 'qualities', 8],
    ['@a\r\nACGT\r\n+\r\nIIII\r\n', 'line_ends', 1],
    [`${GOOD}@b\nACGT\r\n+\nIIII\n`, 'line_ends', 6],
    [`${GOOD}@b\nACGT\n+\nIIII\r\n`, 'line_ends', 8],
    [`${GOOD}@b`, 'cut_off', 5],
    [`${GOOD}@b\nACG`, 'cut_off', 6],
    [`${GOOD}@b\nACGT\n+\nII`, 'cut_off', 8],
  ] as const)('%j: %s', (text, code, line) => {
    expect(read(text).fault).toMatchObject({ code, line, file: 'R1' })
  })

  test('a read without an end is refused once it is longer than any', () => {
    expect(read(`${GOOD}@b\n${'A'.repeat(17_000_000)}`).fault).toMatchObject({
      code: 'record_too_long',
      line: 5,
    })
  })
})

test.each([
  ['@a\nACGT\n+\nIIII', 'no end of the last line'],
  [`${GOOD}\n\n`, 'blank lines at the end'],
  ['@a x\nACGT\n+a x\nIIII\n', 'the name again behind +'],
  ['@a\n\n+\n\n@b\nA\n+\nI\n', 'a read without bases'],
])('%j is a FASTQ file: %s', (text) => expect(read(text).fault).toBeUndefined())

describe('names of a pair', () => {
  const nameOf = (name: string, file: 'R1' | 'R2') => read(`@${name}\nA\n+\nI\n`, [], file)

  test.each([
    ['x:1:2 1:N:0:AC', 'x:1:2 2:N:0:AC'],
    ['x/1', 'x/2'],
    ['x/1 more', 'x/2\tless'],
    ['x', 'x'],
    ['SRR1.1 1 length=4', 'SRR1.1 1 length=4'],
    ['a', 'a'],
    ['ab', 'ab other'],
  ])('%j and %j are one read', (first, second) => {
    const [r1, r2] = [nameOf(first, 'R1'), nameOf(second, 'R2')]
    expect([r1.fault, r2.fault]).toEqual([undefined, undefined])
    expect(r1.names).toEqual(r2.names)
  })

  test.each([
    ['x:1:2', 'x:1:3'],
    ['x', 'y'],
    ['x/1', 'xx/2'],
    ['ab', 'ba'],
  ])('%j and %j are two', (first, second) => {
    expect(nameOf(first, 'R1').names).not.toEqual(nameOf(second, 'R2').names)
  })

  test('reads that say they belong into the other file are refused', () => {
    for (const name of ['x/2', 'x 2:N:0:AC'])
      expect(nameOf(name, 'R1').fault).toMatchObject({ code: 'other_mate', line: 1 })
    expect(nameOf('x/1', 'R2').fault).toMatchObject({ code: 'other_mate', file: 'R2' })
  })
})
