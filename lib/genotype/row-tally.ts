import { BUILD_MARKERS } from './build-markers.ts'
import { CHROMOSOME_CODES, CHROMOSOME_LENGTHS_MAX, CHROMOSOME_X, X_CORE } from './chromosomes.ts'
import { DuplicateCounter } from './duplicate-counter.ts'
import { CHIP_MARKERS } from './recognise-chip.ts'
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
  /** Rows of a chromosome that had ended. */
  outOfBlock: number
}

const LETTER_D = 0x44
const LETTER_I = 0x49
/** Kinds of ids, so that kind and number make one key. */
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
  /** Calls on X outside both pseudoautosomal regions of every build, and those of two different alleles. */
  xCoreCalls = 0
  xCoreHeterozygous = 0
  readonly drift: Drift = {
    unknownIds: 0,
    unknownChromosomes: 0,
    unknownAlleles: 0,
    unknownPositions: 0,
    outOfOrder: 0,
    outOfBlock: 0,
  }
  /** Positions of the markers that tell builds and chips apart, by number of the rsid. */
  readonly markersSeen = new Map<number, { chromosome: number; position: number }>()

  private readonly ids = new DuplicateCounter()
  private readonly watched = new Uint8Array(WATCH_SLOTS)
  private block = 0
  private previousPosition = 0

  constructor() {
    for (const rs of WATCHED) this.watched[rs & WATCH_MASK] = 1
  }

  /** Count the row just parsed, with its flaws. False when it returns to a chromosome that had ended. */
  add(row: RowParser, flaws: number): boolean {
    this.rows++
    if (flaws !== 0) this.countFlaws(flaws)
    const { idKind, idNumber } = row
    this.ids.add(idNumber * ID_KINDS + idKind)
    const { chromosome, position } = row
    if (chromosome === 0) return true
    this.countCall(chromosome, position, row.allele1, row.allele2)
    if (idKind === 0 && this.watched[idNumber & WATCH_MASK] === 1) this.watch(idNumber, chromosome, position)
    return this.follow(chromosome, position)
  }

  /** Rows whose id occurred before. */
  get duplicateIds(): number {
    return this.ids.count()
  }

  private countFlaws(flaws: number): void {
    if (flaws & ROW_UNKNOWN_ID) this.drift.unknownIds++
    if (flaws & ROW_UNKNOWN_CHROMOSOME) this.drift.unknownChromosomes++
    if (flaws & ROW_UNKNOWN_ALLELE) this.drift.unknownAlleles++
  }

  private countCall(chromosome: number, position: number, allele1: number, allele2: number): void {
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

  private watch(rs: number, chromosome: number, position: number): void {
    if (WATCHED.has(rs)) this.markersSeen.set(rs, { chromosome, position })
  }

  /** Keep track of blocks and of the order within them. */
  private follow(chromosome: number, position: number): boolean {
    if (position === 0 || position > CHROMOSOME_LENGTHS_MAX[chromosome]!) this.drift.unknownPositions++
    if (position > this.positionMaxOf[chromosome]!) this.positionMaxOf[chromosome] = position
    const previous = this.previousPosition
    this.previousPosition = position
    if (chromosome === this.block) {
      if (position === previous) this.duplicatePositions++
      else if (position < previous) this.drift.outOfOrder++
      return true
    }
    this.block = chromosome
    if (this.rowsOf[chromosome] === 1) return true
    this.drift.outOfBlock++
    return false
  }
}
