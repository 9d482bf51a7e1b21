import { BGZF_BLOCK_BYTES } from './bgzf-sink.ts'

/** The linear index has an entry for every 16 kb. */
const WINDOW_SHIFT = 14
/**
 * Records are put in bins of 1 Mb, whose numbers start at 73. Smaller ones would say little more: on a chip, a bin's
 * few hundred lines take less than one block, and the linear index leads to the place within a bin.
 */
const BIN_SHIFT = 20
const BINS_START = 73
/** Larger bins, for a record that reaches over the border of two: shift and first number, up to the one that holds all. */
const LARGER_BINS = [
  [23, 9],
  [26, 1],
  [29, 0],
] as const
/** htslib keeps a contig's extent and its number of records under this bin's number. */
const COUNTS_BIN = 37450
const VCF_FORMAT = 2
const HASH = 0x23

/** What is known of the records of one contig. Plain JSON: it can be kept until its file is put together. */
export interface ContigIndex {
  name: string
  /** In the order in which they were first met. */
  bins: { bin: number; start: number; end: number }[]
  /** By window: offset of the first record in it. */
  windows: number[]
  records: number
  start: number
  end: number
}

/**
 * Makes the tabix index of a VCF while it is written. Offsets are those of the text, before it is packed; records come
 * sorted, those of a contig together.
 */
export class TabixIndex {
  readonly contigs: ContigIndex[]

  constructor(contigs: ContigIndex[] = []) {
    this.contigs = contigs
  }

  /** A record that stands in the text from `start` up to `end`, and covers so many bases. Positions count from 1. */
  add(contig: string, position: number, start: number, end: number, bases = 1): void {
    let current = this.contigs.at(-1)
    if (current?.name !== contig) {
      current = { name: contig, bins: [], windows: [], records: 0, start, end }
      this.contigs.push(current)
    }
    const [from, to] = [position - 1, position + bases - 2]
    const bin = binOf(from, to)
    // All but those next to a record that reaches far are the last one.
    const known =
      current.bins.at(-1)?.bin === bin ? current.bins.at(-1) : current.bins.findLast((one) => one.bin === bin)
    if (known) known.end = end
    else current.bins.push({ bin, start, end })
    const window = to >> WINDOW_SHIFT
    // A window without a record of its own points where the next record stands.
    while (current.windows.length <= window) current.windows.push(start)
    current.records++
    current.end = end
  }

  /** The index as it is before packing, now that it is known where each block of the packed text starts. */
  encode(blockStarts: readonly number[]): Uint8Array {
    return this.encodeWith((offset) => virtualOffset(blockStarts, offset))
  }

  /** The same for offsets of another kind, each of which `place` turns into a virtual offset of the packed file. */
  encodeWith(place: (offset: number) => number): Uint8Array {
    const names = Buffer.from(this.contigs.map(({ name }) => `${name}\0`).join(''), 'latin1')
    const out = new IntegerWriter(36 + names.length + this.contigs.reduce((sum, one) => sum + sizeOf(one), 0))
    out.bytes(Buffer.from('TBI\x01', 'latin1'))
    // Columns of sequence, begin and end; what comments start with; lines to skip.
    for (const field of [this.contigs.length, VCF_FORMAT, 1, 2, 0, HASH, 0, names.length]) out.int32(field)
    out.bytes(names)
    for (const contig of this.contigs) encodeContig(contig, out, place)
    return out.whole
  }
}

function binOf(from: number, to: number): number {
  if (from >> BIN_SHIFT === to >> BIN_SHIFT) return BINS_START + (from >> BIN_SHIFT)
  const [shift, first] = LARGER_BINS.find(([one]) => from >> one === to >> one) ?? [29, 0]
  return first + (from >> shift)
}

/** "coffset<<16|uoffset": where the block starts in the file, and a place in the block's text. */
export function virtualOffset(blockStarts: readonly number[], offset: number): number {
  const block = Math.floor(offset / BGZF_BLOCK_BYTES)
  return blockStarts[block]! * 0x10000 + (offset - block * BGZF_BLOCK_BYTES)
}

const BIN_BYTES = 24
const COUNTS_BIN_BYTES = 40

const sizeOf = ({ bins, windows }: ContigIndex): number =>
  4 + bins.length * BIN_BYTES + COUNTS_BIN_BYTES + 4 + windows.length * 8

function encodeContig(contig: ContigIndex, out: IntegerWriter, place: (offset: number) => number): void {
  out.int32(contig.bins.length + 1)
  for (const { bin, start, end } of contig.bins) {
    out.int32(bin)
    out.int32(1)
    out.uint64(place(start))
    out.uint64(place(end))
  }
  out.int32(COUNTS_BIN)
  out.int32(2)
  out.uint64(place(contig.start))
  out.uint64(place(contig.end))
  out.uint64(contig.records)
  out.uint64(0)
  out.int32(contig.windows.length)
  for (const start of contig.windows) out.uint64(place(start))
}

/** Little-endian numbers, one behind the other. */
class IntegerWriter {
  readonly whole: Buffer
  #at = 0

  constructor(length: number) {
    this.whole = Buffer.alloc(length)
  }

  bytes(bytes: Uint8Array): void {
    this.whole.set(bytes, this.#at)
    this.#at += bytes.length
  }

  int32(value: number): void {
    this.#at = this.whole.writeInt32LE(value, this.#at)
  }

  uint64(value: number): void {
    this.#at = this.whole.writeBigUInt64LE(BigInt(value), this.#at)
  }
}
