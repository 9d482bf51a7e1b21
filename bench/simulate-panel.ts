import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { createInterface } from 'node:readline'
import type { Person, SyntheticPanel } from '../lib/analysis/imputation/fixtures/synthesize-panel.ts'
import { seededRandom } from '../lib/genotype/fixtures/seeded-random.ts'

/** A stretch of chromosome 20, with as many people and sites per base as 1000 Genomes phase 3. */
export const SIMULATED = { chromosome: 20, first: 20_000_000, bases: 5_000_000, people: 2_504 }
const SEED = 3

/** Diploid size that rates and times are scaled by, and rates per base and generation. */
const N0 = 10_000
/** Higher than the true rate of some 1.25e-8: three populations have fewer variants than the 26 of 1000 Genomes. */
const MUTATIONS = 2.8e-8
const RECOMBINATIONS = 1e-8
/** Sites whose rarer allele one copy has are in no panel. */
const ALLELE_COUNT_MIN = 2
const TRANSITIONS = { A: 'G', G: 'A', C: 'T', T: 'C' } as const
const LETTERS = ['A', 'G', 'C', 'T'] as const

export interface SimulatedPanel extends Pick<SyntheticPanel, 'sites' | 'frequency'> {
  /** Folders of the panel's sources. */
  from: string
  maps: string
  /** People who are not in the panel. */
  others: Person[]
}

/**
 * A panel of three populations by the coalescent (scrm, Staab et al. 2015; sizes, times and migration after Gravel et al.
 * 2011), with people besides. Copies differ as those of a real panel do, which decides what an engine costs; mosaics of few
 * founders are far cheaper. Takes about a minute, and 200 MB.
 */
export async function simulatePanel(scrm: string, folder: string, others: number): Promise<SimulatedPanel> {
  const { people, first, chromosome } = SIMULATED
  const copies = 2 * (people + others)
  const { places, carriers } = await simulate(scrm, copies)
  // People besides are taken from all populations, as the copies come: African, European, East Asian.
  const isOther = Array.from({ length: people + others }, (_, person) =>
    isAmong(person, others, people + others),
  )
  const random = seededRandom(SEED)
  const [from, maps] = [path.join(folder, 'from'), path.join(folder, 'maps')]
  for (const directory of [from, maps]) await mkdir(directory, { recursive: true })
  const vcf = createWriteStream(path.join(from, `chr${chromosome}.vcf`), { highWaterMark: 4_194_304 })
  const names = Array.from({ length: people }, (_, n) => `nobody-${n}`).join('\t')
  vcf.write(
    `##fileformat=VCFv4.2\n##contig=<ID=${chromosome}>\n##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">\n` +
      `#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t${names}\n`,
  )
  const panel: SimulatedPanel = { sites: [], frequency: [], from, maps, others: [] }
  const alleles = Array.from({ length: others }, (): number[][] => [])
  let before = -1
  for (const [at, place] of places.entries()) {
    const position = first + Math.floor(place)
    const has = (copy: number) => (carriers[copy]![at >> 3]! >> (at & 7)) & 1
    let count = 0
    const genotypes: string[] = []
    const besides: number[][] = []
    for (let person = 0; person < isOther.length; person++) {
      const [one, other] = [has(2 * person), has(2 * person + 1)]
      if (isOther[person]) besides.push([one, other])
      else {
        count += one + other
        genotypes.push(GENOTYPES[one * 2 + other]!)
      }
    }
    const rarer = Math.min(count, 2 * people - count)
    if (position === before || rarer < ALLELE_COUNT_MIN) continue
    before = position
    const reference = LETTERS[Math.floor(random() * 4)]!
    const transition = TRANSITIONS[reference]
    const transversions = LETTERS.filter((letter) => letter !== reference && letter !== transition)
    const alternate = random() < 0.67 ? transition : transversions[Math.floor(random() * 2)]!
    panel.sites.push({ chromosome, position, reference, alternate })
    panel.frequency.push(count / (2 * people))
    for (const [n, pair] of besides.entries()) alleles[n]!.push(pair)
    const line = `${chromosome}\t${position}\t.\t${reference}\t${alternate}\t.\tPASS\t.\tGT\t${genotypes.join('\t')}\n`
    if (!vcf.write(line)) await once(vcf, 'drain')
  }
  vcf.end()
  await once(vcf, 'finish')
  await writeFile(
    path.join(maps, `plink.chr${chromosome}.map`),
    `${chromosome} . 0 1\n${chromosome} . 63 63000000\n`,
  )
  panel.others = alleles.map((own) => ({ sex: 'female', alleles: own }))
  return panel
}

const GENOTYPES = ['0|0', '0|1', '1|0', '1|1']

/** Whether `n` is one of so many that are spread evenly over all. */
const isAmong = (n: number, some: number, all: number): boolean =>
  Math.floor(((n + 1) * some) / all) > Math.floor((n * some) / all)

/** What scrm draws: places in bases from the start, and by copy one bit a place. */
async function simulate(scrm: string, copies: number): Promise<{ places: number[]; carriers: Uint8Array[] }> {
  const third = 2 * Math.floor(copies / 6)
  const { bases } = SIMULATED
  const generations = (number: number) => number / (4 * N0)
  const rate = (perGeneration: number) => 4 * N0 * perGeneration
  const migrations = (pairs: readonly (readonly [number, number, number])[]) =>
    pairs.flatMap(([one, other, share]) => [
      ...['-m', one, other, rate(share)],
      ...['-m', other, one, rate(share)],
    ])
  const args = [
    ...[copies, 1, '-t', rate(MUTATIONS) * bases, '-r', rate(RECOMBINATIONS) * (bases - 1), bases],
    ...['-l', 300_000, '-seed', SEED, '-SC', 'abs', '-p', 12],
    ...['-I', 3, third, third, copies - 2 * third, 0, '-n', 1, 1.4474, '-n', 2, 3.3814, '-n', 3, 4.5852],
    ...['-g', 2, rate(0.0038), '-g', 3, rate(0.0048)],
    ...migrations([
      [1, 2, 2.5e-5],
      [1, 3, 0.78e-5],
      [2, 3, 3.11e-5],
    ]),
    ...['-ej', generations(920), 3, 2, '-en', generations(920) + 1e-9, 2, 0.1861],
    ...['-em', generations(920) + 2e-9, 1, 2, rate(15e-5), '-em', generations(920) + 2e-9, 2, 1, rate(15e-5)],
    ...['-ej', generations(2040), 2, 1, '-en', generations(5920), 1, 0.731],
  ]
  const program = spawn(scrm, args.map(String), { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(program, 'close')
  let places: number[] = []
  const carriers: Uint8Array[] = []
  for await (const line of createInterface({ input: program.stdout })) {
    if (line.startsWith('positions:')) places = line.split(' ').slice(1).filter(Boolean).map(Number)
    else if (places.length > 0 && line.length === places.length) carriers.push(bitsOf(line))
  }
  const [code] = await ended
  if (code !== 0 || carriers.length !== copies)
    throw new Error(`scrm drew ${carriers.length} copies and ended with ${code}`)
  return { places, carriers }
}

function bitsOf(digits: string): Uint8Array {
  const bits = new Uint8Array(Math.ceil(digits.length / 8))
  for (let at = 0; at < digits.length; at++)
    if (digits.charCodeAt(at) === 0x31) bits[at >> 3]! |= 1 << (at & 7)
  return bits
}
