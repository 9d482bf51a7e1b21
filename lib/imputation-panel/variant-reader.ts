import { BUILD_MARKERS } from '#lib/genotype/build-markers.ts'
import { CHROMOSOME_LABELS, CHROMOSOME_LENGTHS, CHROMOSOME_X } from '#lib/genotype/chromosomes.ts'
import type { Build } from '#lib/genotype/verdict.ts'
import { PanelRefusal } from './panel-refusal.ts'
import { panelChromosome } from './read-head.ts'

const TAB = 0x09
const COLON = 0x3a
const PIPE = 0x7c
const SLASH = 0x2f
const DOT = 0x2e
const ZERO = 0x30
const FIXED_COLUMNS = 9
/** Second allele of somebody with one copy. */
export const ONE_COPY = 0xff

/** A record of a panel with its genotypes; void once the next one is read. */
export interface PanelVariant {
  position: number
  id: string
  reference: string
  alternates: string[]
  /** Two a person; the second is `ONE_COPY` for somebody with one copy. */
  alleles: Uint8Array
}

/**
 * Reads the records of one chromosome of a panel, and refuses what an engine would hang on or get wrong: missing or
 * unphased genotypes, another chromosome or build, positions that go back.
 */
export class VariantReader {
  private readonly chromosome: number
  private readonly build: Build
  private readonly samples: number
  private readonly alleles: Uint8Array
  private readonly markers: ReadonlyMap<string, { position: number; positions: Record<Build, number> }>
  private last = 0

  constructor({ chromosome, build, samples }: { chromosome: number; build: Build; samples: number }) {
    this.chromosome = chromosome
    this.build = build
    this.samples = samples
    this.alleles = new Uint8Array(samples * 2)
    this.markers = new Map(
      BUILD_MARKERS.filter((marker) => marker.chromosome === chromosome).map(({ rs, positions }) => [
        `rs${rs}`,
        { position: positions[build], positions },
      ]),
    )
  }

  /** Throws `PanelRefusal`. */
  read(line: Buffer): PanelVariant {
    const tabs = this.tabsOf(line)
    const column = (n: number) => line.toString('latin1', n === 0 ? 0 : tabs[n - 1]! + 1, tabs[n]!)
    if (panelChromosome(column(0)) !== this.chromosome) {
      throw new PanelRefusal(`it holds more than chromosome ${CHROMOSOME_LABELS[this.chromosome]}`)
    }
    const position = this.checkedPosition(column(1), column(2))
    if (!/^GT(?::|$)/.test(column(8))) throw this.at(position, 'there are no genotypes')
    this.readGenotypes(line, tabs[8]! + 1, position)
    const alternates = column(4).split(',')
    const highest = alternates.length
    // Any allele beyond ALT's list would become a person's without being one.
    for (const allele of this.alleles) {
      if (allele > highest && allele !== ONE_COPY) throw this.at(position, 'an allele is not in ALT')
    }
    return { position, id: column(2), reference: column(3), alternates, alleles: this.alleles }
  }

  private tabsOf(line: Buffer): number[] {
    const tabs: number[] = []
    for (let at = line.indexOf(TAB); at >= 0 && tabs.length < FIXED_COLUMNS; at = line.indexOf(TAB, at + 1)) {
      tabs.push(at)
    }
    if (tabs.length < FIXED_COLUMNS)
      throw this.behind(
        line.length === 0 ? 'a line is empty' : 'a line has fewer columns than a VCF of genotypes',
      )
    return tabs
  }

  private checkedPosition(text: string, id: string): number {
    const length = CHROMOSOME_LENGTHS[this.build][this.chromosome]!
    const label = CHROMOSOME_LABELS[this.chromosome]
    if (!/^[1-9]\d{0,9}$/.test(text)) throw this.behind('a position is no number')
    const position = Number(text)
    if (position > length) {
      throw this.at(position, `chromosome ${label} of build ${this.build} ends at ${length}`)
    }
    if (position < this.last) throw this.at(position, `it stands after ${this.last}: the file is not sorted`)
    this.last = position
    const marker = this.markers.get(id)
    if (marker && marker.position !== position) {
      const other = ([36, 37, 38] as const).find((build) => marker.positions[build] === position)
      if (other) throw this.at(position, `${id} lies here on build ${other}, not on ${this.build}`)
    }
    return position
  }

  private readGenotypes(line: Buffer, start: number, position: number): void {
    let at = start
    for (let person = 0; person < this.samples; person++) {
      if (at >= line.length) throw this.at(position, 'a person has no genotype')
      let allele = line[at]! - ZERO
      if (allele < 0 || allele > 9) throw this.badGenotype(line, at, position)
      at++
      while (line[at]! >= ZERO && line[at]! <= ZERO + 9) allele = allele * 10 + line[at++]! - ZERO
      this.alleles[person * 2] = Math.min(allele, ONE_COPY - 1)
      if (line[at] === PIPE) {
        at++
        let second = line[at]! - ZERO
        if (!(second >= 0 && second <= 9)) throw this.badGenotype(line, at, position)
        at++
        while (line[at]! >= ZERO && line[at]! <= ZERO + 9) second = second * 10 + line[at++]! - ZERO
        this.alleles[person * 2 + 1] = Math.min(second, ONE_COPY - 1)
      } else if (line[at] === SLASH) {
        throw this.at(position, 'a genotype is not phased')
      } else {
        if (this.chromosome !== CHROMOSOME_X) throw this.at(position, 'somebody has one copy of an autosome')
        this.alleles[person * 2 + 1] = ONE_COPY
      }
      // Other fields of this person.
      if (line[at] === COLON) {
        const tab = line.indexOf(TAB, at)
        at = tab < 0 ? line.length : tab
      }
      if (at < line.length && line[at] !== TAB) throw this.badGenotype(line, at, position)
      at++
    }
    if (at <= line.length) throw this.at(position, 'there are more genotypes than people')
  }

  private badGenotype(line: Buffer, at: number, position: number): PanelRefusal {
    return this.at(position, line[at] === DOT ? 'a genotype is missing' : 'a genotype cannot be read')
  }

  private behind(why: string): PanelRefusal {
    return new PanelRefusal(`after position ${this.last}: ${why}`)
  }

  private at(position: number, why: string): PanelRefusal {
    return new PanelRefusal(`at position ${position}: ${why}`)
  }
}
