import { BUILD_MARKERS } from '../build-markers.ts'
import { CHROMOSOME_CODES, CHROMOSOME_LENGTHS_MAX, CHROMOSOME_X, X_CORE } from '../chromosomes.ts'
import { CHIP_MARKERS } from '../recognise-chip.ts'
import { BlockTracker } from './block-tracker.ts'
import { DuplicateCounter } from './duplicate-counter.ts'
import {
  ALLELE_MISSING,
  ALLELE_NONE,
  ROW_UNKNOWN_ALLELE,
  ROW_UNKNOWN_CHROMOSOME,
  ROW_UNKNOWN_ID,
  type RowParser,
} from './row-parser.ts'

/** Rows that are well-formed but not as we know them: how far a vendor has drifted from what we expect. */
export interface Drift {
  unknownIds: number
  unknownChromosomes: number
  unknownAlleles: number
  /** Position 0, or behind the chromosome's end in every build. */
  unknownPositions: number
  /** Positions before their predecessor's. */
  outOfOrder: number
  /** Rows that stand outside the block of their chromosome. */
  outOfBlock: number
  /** Chromosomes that begin behind a later one. */
  blocksOutOfOrder: number
}

/** Rows are counted in stretches of so many bases, to show where a chip has markers. */
export const DENSITY_BIN_BASES = 5_000_000
/** Enough for chromosome 1; positions beyond it fall into the last. */
export const DENSITY_BINS = 50

const LETTER_D = 0x44
const LETTER_I = 0x49
const ID_KINDS = 8
const WATCHED = new Set([...BUILD_MARKERS.map(({ rs }) => rs), ...CHIP_MARKERS])
/** A byte for every lowest twelve bits: nearly all rows are seen not to be watched without a look at the set. */
const WATCH_SLOTS = 4096
const WATCH_MASK = WATCH_SLOTS - 1

/** Counters of one file's rows. Adding is cheap and allocates nothing; numbers are drawn from it at the end. */
export class RowTally {
  rows = 0
  duplicatePositions = 0
  readonly rowsOf = new Int32Array(CHROMOSOME_CODES)
  readonly noCallsOf = new Int32Array(CHROMOSOME_CODES)
  readonly heterozygousOf = new Int32Array(CHROMOSOME_CODES)
  readonly haploidOf = new Int32Array(CHROMOSOME_CODES)
  readonly indelsOf = new Int32Array(CHROMOSOME_CODES)
  readonly positionMaxOf = new Int32Array(CHROMOSOME_CODES)
  /** Rows by chromosome and stretch: the one at `chromosome * DENSITY_BINS + stretch`. */
  readonly densityOf = new Int32Array(CHROMOSOME_CODES * DENSITY_BINS)
  /** Calls on X outside both pseudoautosomal regions of every build, and those of two different alleles. */
  xCoreCalls = 0
  xCoreHeterozygous = 0
  /** Positions of the markers that tell builds and chips apart, by number of the rsid. */
  readonly markersSeen = new Map<number, { chromosome: number; position: number }>()

  #unknownIds = 0
  #unknownChromosomes = 0
  #unknownAlleles = 0
  #unknownPositions = 0
  #outOfOrder = 0
  readonly #ids: DuplicateCounter | undefined
  readonly #otherIds: DuplicateCounter | undefined
  readonly #watched = new Uint8Array(WATCH_SLOTS)
  readonly #blocks = new BlockTracker()
  #previousPosition = 0

  /** Telling ids that occur twice takes a fifth of the whole reading: without it none is counted. */
  constructor({ countDuplicates = true } = {}) {
    this.#ids = countDuplicates ? new DuplicateCounter() : undefined
    this.#otherIds = countDuplicates ? new DuplicateCounter() : undefined
    for (const rs of WATCHED) this.#watched[rs & WATCH_MASK] = 1
  }

  /** Count the row just parsed, with its flaws and its line. */
  add(row: RowParser, flaws: number, line: number): void {
    this.rows++
    if (flaws !== 0) this.#countFlaws(flaws)
    const { idKind, idNumber } = row
    if (this.#ids !== undefined) {
      if (idKind === 0) this.#ids.add(idNumber)
      else this.#otherIds?.add(idNumber * ID_KINDS + idKind)
    }
    const { chromosome, position } = row
    if (chromosome === 0) return
    this.#countCall(chromosome, position, row.allele1, row.allele2)
    if (idKind === 0 && this.#watched[idNumber & WATCH_MASK] === 1)
      this.#watch(idNumber, chromosome, position)
    this.#follow(chromosome, position, line)
  }

  /** Rows whose id occurred before. */
  get duplicateIds(): number {
    return (this.#ids?.count() ?? 0) + (this.#otherIds?.count() ?? 0)
  }

  /** Drift of all rows. Ends the last block. */
  drift(): Drift {
    this.#blocks.end()
    const { outOfBlock, blocksOutOfOrder } = this.#blocks
    return {
      unknownIds: this.#unknownIds,
      unknownChromosomes: this.#unknownChromosomes,
      unknownAlleles: this.#unknownAlleles,
      unknownPositions: this.#unknownPositions,
      outOfOrder: this.#outOfOrder,
      outOfBlock,
      blocksOutOfOrder,
    }
  }

  /** Line of the first row that stands outside its chromosome's block; 0 when there is none. */
  get firstLineOutOfBlock(): number {
    return this.#blocks.firstLineOutOfBlock
  }

  #countFlaws(flaws: number): void {
    if (flaws & ROW_UNKNOWN_ID) this.#unknownIds++
    if (flaws & ROW_UNKNOWN_CHROMOSOME) this.#unknownChromosomes++
    if (flaws & ROW_UNKNOWN_ALLELE) this.#unknownAlleles++
  }

  #countCall(chromosome: number, position: number, allele1: number, allele2: number): void {
    this.rowsOf[chromosome]!++
    if (allele1 === ALLELE_MISSING) {
      this.noCallsOf[chromosome]!++
      return
    }
    if (allele1 === LETTER_D || allele1 === LETTER_I) this.indelsOf[chromosome]!++
    const heterozygous = allele1 !== allele2 && allele2 !== ALLELE_NONE
    if (heterozygous) this.heterozygousOf[chromosome]!++
    else if (allele2 === ALLELE_NONE) this.haploidOf[chromosome]!++
    if (chromosome === CHROMOSOME_X && position >= X_CORE.first && position <= X_CORE.last) {
      this.xCoreCalls++
      if (heterozygous) this.xCoreHeterozygous++
    }
  }

  #watch(rs: number, chromosome: number, position: number): void {
    if (WATCHED.has(rs)) this.markersSeen.set(rs, { chromosome, position })
  }

  /** Keep track of positions, and of their order within a block. */
  #follow(chromosome: number, position: number, line: number): void {
    if (position === 0 || position > CHROMOSOME_LENGTHS_MAX[chromosome]!) this.#unknownPositions++
    if (position > this.positionMaxOf[chromosome]!) this.positionMaxOf[chromosome] = position
    const bin = Math.min(DENSITY_BINS - 1, Math.floor(position / DENSITY_BIN_BASES))
    this.densityOf[chromosome * DENSITY_BINS + bin]!++
    if (this.#blocks.follow(chromosome, line)) {
      if (position === this.#previousPosition) this.duplicatePositions++
      else if (position < this.#previousPosition) this.#outOfOrder++
    }
    this.#previousPosition = position
  }
}
