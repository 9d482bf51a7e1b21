import { expect, test } from 'vitest'
import { compareSketches, isSamePerson } from '../likeness/compare-sketches.ts'
import { GenotypeTable } from './genotype-table.ts'
import { SKETCH_POSITIONS, sketchGenotypes } from './sketch-genotypes.ts'

const KEY = new Uint8Array(32).fill(7)
const SITES = 60_000
const LETTERS = [65, 67, 71, 84]

/** The same numbers for the same seed (mulberry32). */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

type Person = (site: number) => [number, number]

/** Somebody with two letters at every site, 30 % of them heterozygous. */
function person(seed: number): Person {
  const next = random(seed)
  const drawn = Array.from({ length: SITES }, (): [number, number] => {
    const [one, other] = next() < 0.5 ? [0, 1] : [2, 3]
    const isHeterozygous = next() < 0.3
    return [LETTERS[one]!, LETTERS[isHeterozygous ? other : one]!]
  })
  return (site) => drawn[site]!
}

/** A sibling has both letters of a quarter of all sites; here: those of the person at every site in four, else a stranger's. */
const sibling = (of: Person, seed: number): Person => {
  const stranger = person(seed)
  return (site) => (site % 2 === 0 ? of(site) : stranger(site))
}

/** What a chip that has the sites of this kind reports, on the other strand if asked; `errors` of a thousand calls are wrong. */
function sketchOf(
  who: Person,
  has: (site: number) => boolean,
  { otherStrand = false, errors = 0, key = KEY, seed = 1 } = {},
): Uint8Array {
  const table = new GenotypeTable(SITES)
  const next = random(seed)
  const complement: Record<number, number> = { 65: 84, 84: 65, 67: 71, 71: 67 }
  const strand = (letter: number) => (otherStrand ? complement[letter]! : letter)
  for (let site = 0; site < SITES; site++) {
    if (!has(site)) continue
    const [one, other] = who(site)
    const wrong = next() * 1_000 < errors
    const second = wrong ? (one === other ? LETTERS.find((letter) => letter !== one)! : one) : other
    table.add(1 + (site % 22), 10_000 + site * 40, strand(one), strand(second), new Uint8Array([120]), 0, 1)
  }
  return sketchGenotypes(table, key)
}

const all = () => true
const oneChip = (site: number) => site % 5 !== 0
/** Shares a fifth of its sites with the other chip. */
const otherChip = (site: number) => site % 5 === 0 || site % 5 === 1

test('one person is found again on another chip, on the other strand, with errors of reading', () => {
  const one = sketchOf(person(1), oneChip)
  expect(one).toHaveLength(SKETCH_POSITIONS * 4)
  const other = sketchOf(person(1), otherChip, { otherStrand: true, errors: 5 })
  const likeness = compareSketches(one, other)
  expect(likeness.shared).toBeGreaterThan(150)
  expect(likeness.agreeing / likeness.shared).toBeGreaterThan(0.97)
  expect(isSamePerson(likeness)).toBe(true)
})

test('neither a stranger nor a sibling passes for the person', () => {
  const one = sketchOf(person(1), all)
  for (let seed = 2; seed < 12; seed++) {
    expect(isSamePerson(compareSketches(one, sketchOf(person(seed), all)))).toBe(false)
    expect(isSamePerson(compareSketches(one, sketchOf(sibling(person(1), seed), all)))).toBe(false)
  }
})

test('nothing is said of too few positions, or of sketches with different keys', () => {
  const whole = sketchOf(person(1), all)
  const few = sketchOf(person(1), (site) => site % 1_000 === 0)
  expect(isSamePerson(compareSketches(whole, few))).toBe(false)
  const foreign = sketchOf(person(1), all, { key: new Uint8Array(32).fill(8) })
  expect(compareSketches(whole, foreign).shared).toBeLessThan(3)
  expect(isSamePerson(compareSketches(new Uint8Array(), new Uint8Array()))).toBe(false)
  const homozygous = whole.map((byte, at) => (at % 4 === 3 ? byte & 0xfe : byte))
  expect(isSamePerson(compareSketches(homozygous, homozygous))).toBe(false)
})

test('no-calls, indels, sex chromosomes and positions named twice are left out', () => {
  const table = new GenotypeTable(6)
  const add = (code: number, position: number, one: string, other: string) =>
    table.add(code, position, one.charCodeAt(0), other.charCodeAt(0), new Uint8Array([120]), 0, 1)
  add(1, 100, 'A', 'G')
  add(1, 100, 'A', 'G')
  add(1, 200, '0', '0')
  add(1, 300, 'D', 'I')
  add(23, 400, 'A', 'A')
  add(26, 500, 'A', 'A')
  expect(sketchGenotypes(table, KEY)).toHaveLength(4)
})
