import { PanelRefusal } from './panel-refusal.ts'
import { ONE_COPY, type PanelVariant } from './variant-reader.ts'

/** One site of the panel: one REF, one ALT, and who has it. */
export interface PanelSite {
  position: number
  id: string
  reference: string
  alternate: string
  /** Of ALT. */
  frequency: number
  /** How often the rarer allele was seen. */
  minorCount: number
  /** The genotype columns of a VCF line, `0|1` and so on, tabs between. */
  genotypes: Buffer
}

/** What became of the records of a panel, by cause. */
export interface SiteCounts {
  kept: number
  rare: number
  symbolic: number
  duplicate: number
  /** Records of several ALTs, which became several sites. */
  split: number
}

export const noSites = (): SiteCounts => ({ kept: 0, rare: 0, symbolic: 0, duplicate: 0, split: 0 })

/** What became of them, in words. */
export const sayCounts = ({ kept, rare, symbolic, duplicate, split }: SiteCounts): string =>
  `${kept} sites; left out ${rare} rare, ${symbolic} without letters A, C, G and T, ${duplicate} twice; ${split} records of several alleles split`

const BASES = /^[ACGT]+$/
const [ZERO, ONE, PIPE, TAB] = [0x30, 0x31, 0x7c, 0x09]

/**
 * Sites of a record: one for every ALT that is spelled out and common enough. A record of several ALTs becomes several
 * sites at one position, in each of which the other ALTs count as REF: an export matches the one with its letters.
 */
export class VariantSplitter {
  readonly counts = noSites()
  private readonly minAlleleCount: number
  private position = 0
  private readonly seen = new Set<string>()

  constructor(minAlleleCount: number) {
    this.minAlleleCount = minAlleleCount
  }

  *split({ position, id, reference, alternates, alleles }: PanelVariant): Generator<PanelSite, void, void> {
    if (position !== this.position) this.seen.clear()
    this.position = position
    if (alternates.length > 1) this.counts.split++
    for (const [index, alternate] of alternates.entries()) {
      if (reference === alternate) throw new PanelRefusal(`at position ${position}: REF and ALT are the same`)
      if (!BASES.test(reference) || !BASES.test(alternate)) {
        this.counts.symbolic++
        continue
      }
      const letters = `${reference} ${alternate}`
      if (this.seen.has(letters)) {
        this.counts.duplicate++
        continue
      }
      this.seen.add(letters)
      const { carried, copies } = countAllele(alleles, index + 1)
      const minorCount = Math.min(carried, copies - carried)
      if (minorCount < this.minAlleleCount) {
        this.counts.rare++
        continue
      }
      this.counts.kept++
      const genotypes = writeGenotypes(alleles, index + 1)
      yield {
        position,
        id: /^[\x21-\x7e]{1,64}$/.test(id) ? id : '.',
        reference,
        alternate,
        frequency: carried / copies,
        minorCount,
        genotypes,
      }
    }
  }
}

function countAllele(alleles: Uint8Array, allele: number): { carried: number; copies: number } {
  let carried = 0
  let copies = 0
  for (let at = 0; at < alleles.length; at++) {
    if (alleles[at] === ONE_COPY) continue
    copies++
    if (alleles[at] === allele) carried++
  }
  return { carried, copies }
}

function writeGenotypes(alleles: Uint8Array, allele: number): Buffer {
  const text = Buffer.allocUnsafe(alleles.length * 2)
  let at = 0
  for (let person = 0; person < alleles.length; person += 2) {
    text[at++] = alleles[person] === allele ? ONE : ZERO
    if (alleles[person + 1] !== ONE_COPY) {
      text[at++] = PIPE
      text[at++] = alleles[person + 1] === allele ? ONE : ZERO
    }
    text[at++] = TAB
  }
  return text.subarray(0, at - 1)
}
