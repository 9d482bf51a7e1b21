import { DuplicateSample } from './duplicate-sample.ts'
import { CYCLES_MAX } from './limits.ts'

/** Qualities are written as the character 33 above them, up to `~`. */
export const QUALITY_OFFSET = 33
export const QUALITY_MAX = 126 - QUALITY_OFFSET
/** Room of one cycle: a count for each of the 128 characters. */
export const CYCLE_STRIDE = 128
/** Lengths up to here are counted one by one, beyond them in steps of 2 %. */
const EXACT_LENGTHS = 1_024
const STEPS_PER_DOUBLING = 35
const LENGTH_SLOTS = EXACT_LENGTHS + 1 + STEPS_PER_DOUBLING * 16
/** Bases that fit into both halves of one number while a read is counted. */
const PACKED_BASES_MAX = 16_384

const NO_BASE = -2_147_483_648
/** For each character: 1 for A, C, G, T and U, 65,536 more for C and G, 0 for other letters of IUPAC, else `NO_BASE`. */
const WEIGHTS = weightsOfLetters()

/** Whether a character stands for a base, or for several. */
export const isBase = (character: number): boolean => WEIGHTS[character]! >= 0

/** Counts of one file's reads, in memory that does not grow with them. */
export class FastqTally {
  reads = 0
  bases = 0
  /** Bases that are A, C, G or T, and those of them that are G or C. */
  called = 0
  gc = 0
  qualitySum = 0
  lengthMin = Number.POSITIVE_INFINITY
  lengthMax = 0
  /** Count of each quality character, cycle by cycle. */
  readonly byCycle = new Uint32Array(CYCLES_MAX * CYCLE_STRIDE)
  /** The same of all bases beyond the cycles. */
  readonly beyondCycles = new Float64Array(CYCLE_STRIDE)
  /** Reads by their mean quality, rounded down, and by their share of G and C in per cent. */
  readonly byMeanQuality = new Float64Array(QUALITY_MAX + 1)
  readonly byGcPercent = new Float64Array(101)
  readonly byLength = new Float64Array(LENGTH_SLOTS)
  readonly duplicates = new DuplicateSample()

  /** Count one read; `bytes` from `sequence` and from `qualities` on. What is wrong with it, or undefined. */
  add(
    bytes: Uint8Array,
    sequence: number,
    qualities: number,
    length: number,
  ): 'letters' | 'qualities' | undefined {
    let called = 0
    let gc = 0
    let odd = 0
    for (let from = 0; from < length; from += PACKED_BASES_MAX) {
      const to = sequence + Math.min(length, from + PACKED_BASES_MAX)
      let packed = 0
      for (let at = sequence + from; at < to; at++) {
        const weight = WEIGHTS[bytes[at]!]!
        packed = (packed + weight) | 0
        odd |= weight
      }
      called += packed & 0xffff
      gc += packed >>> 16
    }
    if (odd < 0) return 'letters'
    const sum = this.#addQualities(bytes, qualities, length)
    if (sum < 0) return 'qualities'
    this.reads++
    this.bases += length
    this.called += called
    this.gc += gc
    this.qualitySum += sum
    if (length < this.lengthMin) this.lengthMin = length
    if (length > this.lengthMax) this.lengthMax = length
    this.byLength[lengthSlot(length)]!++
    if (length > 0) this.byMeanQuality[(sum / length) | 0]!++
    if (called > 0) this.byGcPercent[((100 * gc) / called + 0.5) | 0]!++
    this.duplicates.add(bytes, sequence, length)
    return undefined
  }

  /** The sum of the qualities; negative when one is none. */
  #addQualities(bytes: Uint8Array, qualities: number, length: number): number {
    const byCycle = this.byCycle
    const cycles = length < CYCLES_MAX ? length : CYCLES_MAX
    let sum = 0
    let odd = 0
    for (let cycle = 0; cycle < cycles; cycle++) {
      const character = bytes[qualities + cycle]!
      odd |= (character - QUALITY_OFFSET) | (126 - character)
      byCycle[(cycle << 7) | (character & 127)]!++
      sum += character
    }
    for (let at = qualities + cycles; at < qualities + length; at++) {
      const character = bytes[at]!
      odd |= (character - QUALITY_OFFSET) | (126 - character)
      this.beyondCycles[character & 127]!++
      sum += character
    }
    if (odd >= 0) return sum - length * QUALITY_OFFSET
    this.#removeQualities(bytes, qualities, length)
    return -1
  }

  /** A refused read counts for nothing: the reader may try it again with its other end. */
  #removeQualities(bytes: Uint8Array, qualities: number, length: number): void {
    for (let at = 0; at < length; at++) {
      const character = bytes[qualities + at]! & 127
      if (at < CYCLES_MAX) this.byCycle[(at << 7) | character]!--
      else this.beyondCycles[character]!--
    }
  }
}

function lengthSlot(length: number): number {
  if (length <= EXACT_LENGTHS) return length
  return EXACT_LENGTHS + 1 + Math.floor(Math.log2(length / EXACT_LENGTHS) * STEPS_PER_DOUBLING)
}

/** The lengths that share a slot. */
export function lengthsOfSlot(slot: number): { from: number; to: number } {
  if (slot <= EXACT_LENGTHS) return { from: slot, to: slot }
  const startOf = (step: number) => Math.ceil(EXACT_LENGTHS * 2 ** (step / STEPS_PER_DOUBLING))
  const step = slot - EXACT_LENGTHS - 1
  return { from: Math.max(EXACT_LENGTHS + 1, startOf(step)), to: startOf(step + 1) - 1 }
}

function weightsOfLetters(): Int32Array {
  const weights = new Int32Array(256).fill(NO_BASE)
  const put = (letters: string, weight: number) => {
    for (const letter of letters + letters.toLowerCase()) weights[letter.charCodeAt(0)] = weight
  }
  // A point or a gap is an unknown base, too.
  put('RYSWKMBDHVN.-', 0)
  put('ATU', 1)
  put('CG', 65_537)
  return weights
}
