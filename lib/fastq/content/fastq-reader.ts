import type { FastqFault, FastqFaultCode, ReadFile } from './fastq-fault.ts'
import { FastqTally, isBase } from './fastq-tally.ts'
import { READ_BYTES_MAX, UNPACKED_BYTES_MAX } from './limits.ts'

const LINE_FEED = 10
const CARRIAGE_RETURN = 13
const AT = 64
const PLUS = 43
const BLANK = 32
const TAB = 9
const SLASH = 47
const LINES = 4
const ROOM = 1_048_576
const UNKNOWN = Number.NEGATIVE_INFINITY

/** Told of every read, in order: a hash of its name without what says which of a pair it is. */
export type NoteName = (hash: number) => void

interface ReaderOptions {
  file: ReadFile
  /** Undefined: names are not looked at beyond their form. */
  noteName?: NoteName | undefined
}

/**
 * Reads an unpacked FASTQ file that comes in pieces, however cut: four lines a read, nothing else. Counts as it goes and
 * stops at the first fault. Holds the read under way and no other.
 */
export class FastqReader {
  readonly tally = new FastqTally()
  fault: FastqFault | undefined
  readonly #file: ReadFile
  readonly #noteName: NoteName | undefined
  #work = new Uint8Array(ROOM)
  #filled = 0
  #bytes = 0
  /** Length of the read before: most files have one length, which saves the search for the line's end. */
  #lastLength = UNKNOWN
  /** Blank lines were met: they may only stand at the end. */
  #blankLines = false

  constructor({ file, noteName }: ReaderOptions) {
    this.#file = file
    this.#noteName = noteName
  }

  /** The next piece; false once there is a fault. The piece may be used again afterwards. */
  push(piece: Uint8Array): boolean {
    this.#bytes += piece.length
    if (this.#bytes > UNPACKED_BYTES_MAX) this.#refuse('too_long', 0)
    for (let at = 0; at < piece.length && !this.fault; ) {
      if (this.#filled === this.#work.length && !this.#grow()) break
      const part = piece.subarray(at, at + this.#work.length - this.#filled)
      this.#work.set(part, this.#filled)
      this.#filled += part.length
      at += part.length
      this.#keepRest(this.#readAll(false))
    }
    return !this.fault
  }

  /** The file has ended; its last line need not. */
  end(): void {
    if (this.fault) return
    this.#keepRest(this.#readAll(true))
    if (this.fault) return
    if (this.#filled > 0) {
      const rest = this.#work.subarray(0, this.#filled)
      const lineEnds = rest.filter((byte) => byte === LINE_FEED).length
      this.#refuse(lineEnds >= LINES ? 'lengths' : 'cut_off', Math.min(lineEnds, LINES - 1))
    } else if (this.tally.reads === 0) {
      this.fault = { code: 'empty', file: this.#file, read: null, line: null }
    }
  }

  /** Read every whole read; where the next one begins. */
  #readAll(atEnd: boolean): number {
    const bytes = this.#work
    const filled = this.#filled
    const { tally } = this
    let at = 0
    while (at < filled) {
      if (bytes[at] === LINE_FEED) {
        this.#blankLines = true
        at++
        continue
      }
      if (bytes[at] !== AT || this.#blankLines) return this.#refuse('name_line', 0)
      const nameEnd = this.#lineEnd(at)
      if (nameEnd < 0) break
      if (bytes[nameEnd - 1] === CARRIAGE_RETURN) return this.#refuse('line_ends', 0)
      if (nameEnd === at + 1) return this.#refuse('name_line', 0)
      const sequence = nameEnd + 1
      const guess = sequence + this.#lastLength
      const guessed = guess >= sequence && guess < filled && bytes[guess] === LINE_FEED
      const sequenceEnd = guessed ? guess : this.#lineEnd(sequence)
      if (sequenceEnd < 0) break
      const plus = sequenceEnd + 1
      const plusEnd = plus + 1 < filled && bytes[plus + 1] === LINE_FEED ? plus + 1 : this.#lineEnd(plus)
      const length = sequenceEnd - sequence
      const qualities = plusEnd + 1
      const end = qualities + length
      const isWhole = plusEnd >= 0 && (end < filled || (end === filled && atEnd))
      const isOdd = plus < filled && bytes[plus] !== PLUS
      const isLong = isWhole && end < filled && bytes[end] !== LINE_FEED
      const fault = isWhole && !isOdd && !isLong ? tally.add(bytes, sequence, qualities, length) : undefined
      if (guessed && (!isWhole || isOdd || isLong || fault)) {
        // The guess may have met the end of a later line.
        this.#lastLength = UNKNOWN
        continue
      }
      if (isOdd || fault === 'letters') return this.#refuseSequence(bytes, sequence, sequenceEnd)
      if (!isWhole) break
      if (isLong) return this.#refuse(bytes[end] === CARRIAGE_RETURN ? 'line_ends' : 'lengths', 3)
      if (fault === 'qualities') return this.#refuseQualities(bytes, qualities, end)
      this.#lastLength = length
      if (this.#noteName) this.#note(bytes, at + 1, nameEnd)
      if (this.fault) return at
      at = end + 1
    }
    return at
  }

  /** Where the line ends that `from` lies in; negative when that is not here yet. */
  #lineEnd(from: number): number {
    const found = this.#work.indexOf(LINE_FEED, from)
    return found < this.#filled ? found : -1
  }

  /** Hash of a name up to its first blank, without `/1` or `/2`; the first read must not say that it is of the other file. */
  #note(bytes: Uint8Array, from: number, to: number): void {
    let end = from
    let hash = 0x811c9dc5 | 0
    let before = 0
    let last = 0
    for (; end < to; end++) {
      const character = bytes[end]!
      if (character === BLANK || character === TAB) break
      // Two characters late, so that an ending `/1` stays out.
      if (end - from >= 2) hash = Math.imul(hash ^ before, 0x01000193)
      before = last
      last = character
    }
    const isMate = before === SLASH && (last === 49 || last === 50)
    if (!isMate) {
      if (end - from >= 2) hash = Math.imul(hash ^ before, 0x01000193)
      if (end > from) hash = Math.imul(hash ^ last, 0x01000193)
    }
    if (this.tally.reads === 1) {
      const mate = isMate ? last - 48 : mateOfComment(bytes, end + 1, to)
      if (mate !== undefined && mate !== (this.#file === 'R1' ? 1 : 2)) this.#refuse('other_mate', 0, 1)
    }
    this.#noteName!(hash)
  }

  #refuseSequence(bytes: Uint8Array, from: number, to: number): number {
    for (let at = from; at < to; at++) {
      if (bytes[at] === CARRIAGE_RETURN) return this.#refuse('line_ends', 1)
      if (!isBase(bytes[at]!)) return this.#refuse('letters', 1)
    }
    return this.#refuse('plus_line', 2)
  }

  #refuseQualities(bytes: Uint8Array, from: number, to: number): number {
    for (let at = from; at < to; at++) {
      if (bytes[at] === LINE_FEED) return this.#refuse('lengths', 3)
      if (bytes[at] === CARRIAGE_RETURN) return this.#refuse('line_ends', 3)
      if (bytes[at]! < 33 || bytes[at]! > 126) break
    }
    return this.#refuse('qualities', 3)
  }

  /** `line`: which of the read's four, from 0 on. */
  #refuse(code: FastqFaultCode, line: number, read = this.tally.reads + 1): number {
    this.fault = { code, file: this.#file, read, line: (read - 1) * LINES + line + 1 }
    return 0
  }

  #keepRest(from: number): void {
    if (from > 0) this.#work.copyWithin(0, from, this.#filled)
    this.#filled -= from
  }

  /** Room for a longer read; false when none may be so long. */
  #grow(): boolean {
    if (this.#work.length >= READ_BYTES_MAX) {
      this.#refuse('record_too_long', 0)
      return false
    }
    const larger = new Uint8Array(this.#work.length * 2)
    larger.set(this.#work)
    this.#work = larger
    return true
  }
}

/** `1:N:0:ACGT` behind the name, as Illumina writes since 2010. */
function mateOfComment(bytes: Uint8Array, from: number, to: number): number | undefined {
  const digit = bytes[from]! - 48
  return from + 1 < to && bytes[from + 1] === 58 && (digit === 1 || digit === 2) ? digit : undefined
}
