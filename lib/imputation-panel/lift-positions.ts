import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import { PanelRefusal } from './panel-refusal.ts'
import { panelChromosome } from './read-head.ts'

/** A stretch that lies the same on both builds, from its first base (0-based) on. */
interface Block {
  from: number
  to: number
  length: number
  otherStrand: boolean
}

/** A position of another build. */
export interface LiftedPosition {
  position: number
  otherStrand: boolean
}

/**
 * Where the positions of one build lie on another, by a chain file of UCSC's form. Only what is sure: a position that
 * exactly one chain leads to the same chromosome, and to which exactly one position leads back.
 */
export class PositionLift {
  private readonly blocks: Map<number, Block[]>

  private constructor(blocks: Map<number, Block[]>) {
    this.blocks = blocks
  }

  static async read(file: string): Promise<PositionLift> {
    const bytes = await readFile(file)
    const text = file.endsWith('.gz') ? gunzipSync(bytes) : bytes
    return PositionLift.parse(text.toString('latin1'))
  }

  static parse(text: string): PositionLift {
    const blocks = new Map<number, Block[]>()
    let chain: ReturnType<typeof parseChain> | undefined
    for (const line of text.split('\n')) {
      if (line.startsWith('chain ')) chain = parseChain(line)
      else if (chain && /^\d/.test(line)) addBlock(blocks, chain, line)
    }
    if (blocks.size === 0) throw new PanelRefusal('the chain file has no chain from one build to the other')
    for (const [chromosome, all] of blocks) blocks.set(chromosome, onlySure(all))
    return new PositionLift(blocks)
  }

  /** Undefined where it is not sure. Positions count from 1. */
  lift(chromosome: number, position: number): LiftedPosition | undefined {
    const blocks = this.blocks.get(chromosome) ?? []
    const place = position - 1
    let low = 0
    let high = blocks.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (blocks[middle]!.from <= place) low = middle
      else high = middle - 1
    }
    const block = blocks[low]
    if (!block || place < block.from || place >= block.from + block.length) return undefined
    const into = place - block.from
    // On the other strand a block runs backwards; `to` is its lowest base all the same.
    const lifted = block.otherStrand ? block.to + block.length - 1 - into : block.to + into
    return { position: lifted + 1, otherStrand: block.otherStrand }
  }
}

function parseChain(line: string) {
  // chain score tName tSize tStrand tStart tEnd qName qSize qStrand qStart qEnd id
  const [, , from = '', , fromStrand, fromStart, , to = '', toSize, toStrand, toStart] = line.split(/\s+/)
  const chromosome = panelChromosome(from)
  const same = chromosome > 0 && panelChromosome(to) === chromosome && fromStrand === '+'
  return {
    // Alternative contigs and moves to other chromosomes still make a place unsure: they are kept, without a target.
    chromosome,
    same,
    otherStrand: toStrand === '-',
    toSize: Number(toSize),
    from: Number(fromStart),
    to: Number(toStart),
  }
}

function addBlock(blocks: Map<number, Block[]>, chain: ReturnType<typeof parseChain>, line: string): void {
  const [length = 0, fromGap = 0, toGap = 0] = line.trim().split(/\s+/).map(Number)
  const { chromosome, same, otherStrand, toSize } = chain
  if (same) {
    const to = otherStrand ? toSize - chain.to - length : chain.to
    const list = blocks.get(chromosome) ?? []
    list.push({ from: chain.from, to, length, otherStrand })
    blocks.set(chromosome, list)
  }
  chain.from += length + fromGap
  chain.to += length + toGap
}

/** Blocks without the bases that several blocks hold, on either side. */
function onlySure(blocks: Block[]): Block[] {
  return withoutOverlaps(withoutOverlaps(blocks, 'from'), 'to').sort((a, b) => a.from - b.from)
}

/** The parts of blocks whose bases, on one side, no other block holds. */
function withoutOverlaps(blocks: Block[], side: 'from' | 'to'): Block[] {
  const borders = blocks
    .flatMap((block) => [
      { at: block[side], block, opens: true },
      { at: block[side] + block.length, block, opens: false },
    ])
    .sort((a, b) => a.at - b.at)
  const kept: Block[] = []
  const open = new Set<Block>()
  let start = 0
  for (const { at, block, opens } of borders) {
    const [only] = open
    if (only && open.size === 1 && at > start) kept.push(part(only, side, start - only[side], at - start))
    if (opens) open.add(block)
    else open.delete(block)
    start = at
  }
  return kept
}

function part(block: Block, side: 'from' | 'to', offset: number, length: number): Block {
  const { from, to, otherStrand } = block
  if (!otherStrand) return { from: from + offset, to: to + offset, length, otherStrand }
  const rest = block.length - offset - length
  return side === 'from'
    ? { from: from + offset, to: to + rest, length, otherStrand }
    : { from: from + rest, to: to + offset, length, otherStrand }
}
