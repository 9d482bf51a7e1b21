import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PositionLift } from './lift-positions.ts'

const chain = (head: string, blocks: string[]) => `chain 1 ${head} 1\n${blocks.join('\n')}\n\n`

describe('a position is lifted', () => {
  test('through gaps on either side, and not inside them', () => {
    // 100 bases at 1000 → 2000, a gap of 10 here and 5 there, 50 bases.
    const lift = PositionLift.parse(
      chain('chr20 63000000 + 1000 1160 chr20 64000000 + 2000 2155', ['100 10 5', '50']),
    )
    expect(lift.lift(20, 1_000)).toBeUndefined()
    expect(lift.lift(20, 1_001)).toEqual({ position: 2_001, otherStrand: false })
    expect(lift.lift(20, 1_100)).toEqual({ position: 2_100, otherStrand: false })
    expect(lift.lift(20, 1_101)).toBeUndefined()
    expect(lift.lift(20, 1_111)).toEqual({ position: 2_106, otherStrand: false })
    expect(lift.lift(20, 1_160)).toEqual({ position: 2_155, otherStrand: false })
    expect(lift.lift(20, 1_161)).toBeUndefined()
    expect(lift.lift(21, 1_001)).toBeUndefined()
  })

  test('to the other strand, backwards', () => {
    // On the other strand, base 100 of 1000 counts from the end: 1000 - 100 - 10.
    const lift = PositionLift.parse(chain('chr1 500 + 0 10 chr1 1000 - 100 110', ['10']))
    expect(lift.lift(1, 1)).toEqual({ position: 900, otherStrand: true })
    expect(lift.lift(1, 10)).toEqual({ position: 891, otherStrand: true })
  })

  test('only where one chain leads there and one leads back', () => {
    const lift = PositionLift.parse(
      chain('chr1 500 + 0 100 chr1 1000 + 0 100', ['100']) +
        chain('chr1 500 + 50 60 chr1 1000 + 500 510', ['10']) +
        chain('chr1 500 + 200 220 chr1 1000 + 20 40', ['20']),
    )
    expect(lift.lift(1, 10)).toEqual({ position: 10, otherStrand: false })
    expect(lift.lift(1, 51)).toBeUndefined()
    expect(lift.lift(1, 61)).toEqual({ position: 61, otherStrand: false })
    expect(lift.lift(1, 21)).toBeUndefined()
    expect(lift.lift(1, 201)).toBeUndefined()
  })

  test('not to another chromosome, and not without any chain', () => {
    const other = chain('chr1 500 + 0 100 chr2 1000 + 0 100', ['100'])
    expect(() => PositionLift.parse(other)).toThrow(/no chain/)
  })

  test('so that no two positions ever meet, whatever chains there are', () => {
    const block = fc.record({
      from: fc.nat(200),
      to: fc.nat(200),
      length: fc.integer({ min: 1, max: 60 }),
      back: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(block, { minLength: 1, maxLength: 8 }), (blocks) => {
        const text = blocks.map(({ from, to, length, back }) =>
          chain(`1 400 + ${from} ${from + length} 1 400 ${back ? '-' : '+'} ${to} ${to + length}`, [
            String(length),
          ]),
        )
        const lift = PositionLift.parse(text.join(''))
        const lifted = Array.from({ length: 400 }, (_, at) => lift.lift(1, at + 1)?.position).filter(
          (one) => one,
        )
        expect(new Set(lifted).size).toBe(lifted.length)
      }),
    )
  })
})
