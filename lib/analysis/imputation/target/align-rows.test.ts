import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { InferredSex } from '#lib/genotype/infer-sex.ts'
import { ALLELE_MISSING, ALLELE_NONE } from '#lib/genotype/rows/row-parser.ts'
import { regionsOf } from '../panel/region.ts'
import { decodeSiteList, SiteListWriter } from '../panel/site-list.ts'
import { alignRows, markersOf, type Rows } from './align-rows.ts'
import { type AlignmentCounts, otherStrandShare } from './alignment-counts.ts'
import { planRegions } from './plan-regions.ts'
import { genotypeOf } from './write-target.ts'

/** Position, REF, ALT; and where the export has it, on which strand. */
type PlannedSite = [
  position: number,
  reference: string,
  alternate: string,
  lookup?: { position: number; otherStrand: boolean },
]
/** Position and letters: two, one for a single copy, none for no call. */
type PlannedRow = [position: number, letters: string]

const SITES: PlannedSite[] = [
  [100, 'A', 'G'],
  [200, 'C', 'T'],
  [300, 'A', 'T'],
  [400, 'A', 'AG'],
  [500, 'A', 'G'],
  [500, 'A', 'C'],
]

function listOf(sites: PlannedSite[]) {
  const lifted = sites.some(([, , , lookup]) => lookup)
  const writer = new SiteListWriter({ lifted })
  for (const [position, reference, alternate, lookup] of sites) {
    writer.add({ position, reference, alternate, frequency: 0.3, lookup })
  }
  return decodeSiteList(writer.encode())
}

function columnsOf(planned: readonly PlannedRow[]): Rows {
  const rows: Rows = {
    chromosome: new Uint8Array(planned.length).fill(20),
    position: new Int32Array(planned.length),
    allele1: new Uint8Array(planned.length),
    allele2: new Uint8Array(planned.length),
  }
  for (const [row, [position, letters]] of planned.entries()) {
    rows.position[row] = position
    rows.allele1[row] = letters === '' ? ALLELE_MISSING : letters.charCodeAt(0)
    rows.allele2[row] =
      letters === '' ? ALLELE_MISSING : letters.length === 1 ? ALLELE_NONE : letters.charCodeAt(1)
  }
  return rows
}

function align(
  planned: PlannedRow[],
  { sites = SITES, key = '20', sex = 'male' as InferredSex, withOpen = false } = {},
) {
  const region = regionsOf(37).find((one) => one.key === key)!
  const order = Uint32Array.from(planned, (_, row) => row)
  const list = listOf(sites)
  const aligned = alignRows(columnsOf(planned), order, { region, sites: list, sex, withOpen })
  const calls = aligned.calls.map((call) => [list.position[call.site], genotypeOf(call)])
  return { ...aligned, genotypes: calls }
}

/** What the counts say, without those that are 0. */
const told = (counts: AlignmentCounts) =>
  Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0))

describe('a row of an export', () => {
  test('that has the panel’s letters is kept, in whichever order they stand', () => {
    const { genotypes } = align([
      [100, 'AA'],
      [200, 'TC'],
      [500, 'GG'],
    ])
    expect(genotypes).toEqual([
      [100, '0/0'],
      [200, '0/1'],
      [500, '1/1'],
    ])
  })

  test.each<[string, PlannedRow, Partial<AlignmentCounts>]>([
    ['no call', [100, ''], { noCall: 1 }],
    ['an insertion', [100, 'II'], { indel: 1 }],
    ['a deletion beside an insertion', [100, 'DI'], { indel: 1 }],
    ['a position that the panel lacks', [101, 'AG'], { called: 1, notInPanel: 1 }],
    ['letters of the other strand', [100, 'TC'], { called: 1, inPanel: 1, otherStrand: 1 }],
    ['a letter of neither strand', [200, 'CG'], { called: 1, inPanel: 1, mismatch: 1 }],
    ['letters where the panel has an insertion', [400, 'AG'], { called: 1, inPanel: 1, noLetters: 1 }],
    ['one letter of an autosome', [100, 'A'], { called: 1, inPanel: 1, oneLetter: 1 }],
  ])('with %s is left out, and counted so', (_cause, row, counts) => {
    const { genotypes, counts: found } = align([row])
    expect(genotypes).toEqual([])
    expect(told(found)).toEqual({ rows: 1, ...counts })
  })

  test('matches, of several records at its position, the one with its letters', () => {
    expect(align([[500, 'CC']]).calls).toMatchObject([{ site: 5, dosage: 2 }])
    expect(align([[500, 'AG']]).calls).toMatchObject([{ site: 4, dosage: 1 }])
    expect(align([[500, 'GC']]).counts.mismatch).toBe(1)
  })

  test('that stands twice counts once where both agree, and not at all where they do not', () => {
    const { genotypes, counts } = align([
      [100, 'AG'],
      [100, 'GA'],
      [200, 'CC'],
      [200, 'TT'],
      [200, 'CC'],
    ])
    expect(genotypes).toEqual([[100, '0/1']])
    expect(counts).toMatchObject({ duplicateAgrees: 1, duplicateConflicts: 3, kept: 1 })
  })

  test('of a man’s X has one copy, however the vendor writes it; of a woman’s two', () => {
    const sites: PlannedSite[] = [[3_000_000, 'A', 'G']]
    const onX = (letters: string, sex: InferredSex) => align([[3_000_000, letters]], { sites, key: 'X', sex })
    expect(onX('GG', 'male').genotypes).toEqual([[3_000_000, '1']])
    expect(onX('G', 'male').genotypes).toEqual([[3_000_000, '1']])
    expect(onX('AG', 'male').counts).toMatchObject({ heterozygousHaploid: 1, kept: 0 })
    expect(onX('AG', 'female').genotypes).toEqual([[3_000_000, '0/1']])
    expect(onX('G', 'female').counts).toMatchObject({ oneLetter: 1, kept: 0 })
    const shared = align([[100_000, 'AG']], { sites: [[100_000, 'A', 'G']], key: 'X-PAR1', sex: 'male' })
    expect(shared.genotypes).toEqual([[100_000, '0/1']])
  })

  test('finds its site by its own build, on whichever strand that is there, out of order too', () => {
    const sites: PlannedSite[] = [
      [100, 'A', 'G', { position: 900, otherStrand: true }],
      [200, 'A', 'G', { position: 800, otherStrand: false }],
      [300, 'A', 'G'],
    ]
    const { genotypes, counts } = align(
      [
        [300, 'AG'],
        [800, 'AG'],
        [900, 'TC'],
      ],
      { sites },
    )
    expect(genotypes).toEqual([
      [100, '0/1'],
      [200, '0/1'],
    ])
    expect(counts).toMatchObject({ notInPanel: 1, kept: 2 })
  })

  test('is a marker wherever the file has it, whatever it says, for an engine that fills what is open', () => {
    const row = fc.constantFrom('', 'AA', 'AG', 'CT', 'A', 'II', 'CC', 'AT', 'GC')
    const chip = [100, 200, 200, 300, 400, 450, 500]
    const lettersOf = fc.tuple(...chip.map(() => row))
    const markers = (letters: string[], key: string, sex: InferredSex) =>
      align(
        chip.map((position, at) => [position, letters[at]!]),
        { key, sex, withOpen: true },
      )
    fc.assert(
      fc.property(lettersOf, lettersOf, (one, other) => {
        const sitesOf = (letters: string[]) =>
          markersOf(markers(letters, '20', 'female')).map(({ site }) => site)
        // The first with letters at a position, so that two people always have the same.
        expect(sitesOf(one)).toEqual([0, 1, 2, 4])
        expect(sitesOf(other)).toEqual(sitesOf(one))
        const { calls, open, counts } = markers(one, 'X', 'male')
        expect([open, calls.length]).toEqual([[], counts.kept])
      }),
    )
    const { calls, open, counts } = markers(['AG', '', '', 'TT', 'AG', 'AA', 'CC'], '20', 'female')
    expect(calls.map(genotypeOf)).toEqual(['0/1', '1/1'])
    expect(open.map(genotypeOf)).toEqual(['./.', './.'])
    expect(counts).toMatchObject({ noCall: 2, noLetters: 1, notInPanel: 1, otherStrand: 1, kept: 2 })
  })

  test('is counted for exactly one cause, whatever the rows', () => {
    const row = fc.tuple(
      fc.constantFrom(100, 101, 200, 300, 400, 500),
      fc.constantFrom('', 'AA', 'AG', 'CT', 'TT', 'A', 'II', 'CC', 'AT'),
    )
    fc.assert(
      fc.property(
        fc.array(row as fc.Arbitrary<PlannedRow>, { maxLength: 30 }),
        fc.constantFrom('20', 'X'),
        (rows, key) => {
          const planned = rows.sort((a, b) => a[0] - b[0])
          const { counts } = align(planned, { key })
          const { noCall, indel, notInPanel, noLetters, otherStrand, mismatch } = counts
          const { heterozygousHaploid, oneLetter, duplicateAgrees, duplicateConflicts, kept } = counts
          expect(
            noCall +
              indel +
              notInPanel +
              noLetters +
              otherStrand +
              mismatch +
              heterozygousHaploid +
              oneLetter +
              duplicateAgrees +
              duplicateConflicts +
              kept,
          ).toBe(planned.length)
          expect(counts.rows).toBe(planned.length)
        },
      ),
    )
  })
})

describe('what goes to the engine', () => {
  /** A region with so many good rows and so many on the other strand, of which the last is A/T. */
  function aRegion({ good = 1_200, flipped = 0, missing = 0, key = '20' } = {}) {
    const sites: PlannedSite[] = Array.from({ length: good + flipped }, (_, n) => [1_000 + n * 10, 'A', 'G'])
    sites.push([900_000, 'A', 'T'])
    const rows: PlannedRow[] = Array.from({ length: good + flipped }, (_, n) => [
      1_000 + n * 10,
      n < good ? 'AG' : 'TC',
    ])
    rows.push([900_000, 'AT'])
    const elsewhere: PlannedRow[] = Array.from({ length: missing }, (_, n) => [400_000 + n, 'AG'])
    const sorted = [...rows, ...elsewhere].sort((a, b) => a[0] - b[0])
    return align(sorted, { sites, key })
  }

  test('keeps A/T and C/G while the file’s strand is not in doubt, and leaves all of them out when it is', () => {
    const [sound] = planRegions([aRegion({ flipped: 5 })], 'male').run
    expect(sound!.counts).toMatchObject({ palindromicLeftOut: 0, kept: 1_201 })
    const doubtful = aRegion({ flipped: 12 })
    expect(otherStrandShare(doubtful.counts)).toBeCloseTo(12 / 1_212, 4)
    const [left] = planRegions([doubtful], 'male').run
    expect(left!.counts).toMatchObject({ palindromicLeftOut: 1, kept: 1_200 })
    expect(left!.calls.some(({ palindromic }) => palindromic)).toBe(false)
    const open = { site: 1_212, dosage: null, copies: 2, palindromic: true } as const
    expect(planRegions([{ ...doubtful, open: [open] }], 'male').run[0]!.open).toEqual([])
  })

  test('is nothing where too little is in the panel, or too little is left', () => {
    expect(planRegions([aRegion({ missing: 6_000 })], 'male').nothing).toBe('low_overlap')
    expect(planRegions([aRegion({ good: 900 })], 'male').nothing).toBe('too_few_markers')
    expect(planRegions([aRegion()], 'male').nothing).toBeNull()
  })

  test('leaves out a region with a few markers, and the one-copy part of X while the sex is not known', () => {
    const { run, leftOut } = planRegions(
      [aRegion(), aRegion({ good: 5, key: '21' }), aRegion({ key: 'X' })],
      'undetermined',
    )
    expect(run.map(({ region }) => region.key)).toEqual(['20'])
    expect(leftOut).toEqual([
      { key: '21', why: 'too_few_markers' },
      { key: 'X', why: 'sex_unknown' },
    ])
  })
})
