import { readFile } from 'node:fs/promises'
import { BGZF_BLOCK_BYTES, CLOSE_PACKING } from '../../array/bgzf-sink.ts'
import type { ByteSink } from '../../array/file-sink.ts'
import { type ContigIndex, TabixIndex } from '../../array/tabix-index.ts'
import { withBgzf } from '../../array/with-file.ts'
import type { EngineResult, LineForm } from '../engine/engine.ts'
import type { Region } from '../panel/region.ts'
import { decodeSiteList, encodeLetters, NO_LETTERS, OTHER_STRAND, type SiteList } from '../panel/site-list.ts'
import { OPEN_GENOTYPE } from '../target/write-target.ts'
import { readLeftOut } from './read-left-out.ts'
import { packedLines } from './read-lines.ts'
import {
  certainLine,
  type EngineLine,
  EngineLineReader,
  leftOutLine,
  writeProbabilities,
} from './site-line.ts'

/** A call at least this sure counts as sure. */
const SURE = 0.9

export interface FinishTask extends Pick<EngineResult, 'vcf' | 'column' | 'phased' | 'leftOut'> {
  region: Pick<Region, 'key' | 'contig'>
  form: LineForm
  /** What the engine was given. */
  target: string
  /** The panel's list of sites. */
  sites: string
  /** Where the records go: BGZF without an end. */
  body: string
}

/** What was found in a region's output. */
export interface RegionFigures {
  sites: number
  typed: number
  imputed: number
  /** Imputed calls whose highest probability is 0.9 or more. */
  sure: number
  /** Sum of the highest probabilities of the imputed calls. */
  sureness: number
}

/** The records of one region, packed, with what is needed to put them into a file with others. */
export interface FinishedRegion {
  figures: RegionFigures
  index: ContigIndex
  blockStarts: number[]
  textBytes: number
}

/**
 * Turn what an engine made of one region into records of ours, and hold it to its word: every site of the panel once and in
 * order, every typed genotype as it was given, everything else marked as imputed. Throws when anything is different.
 */
export async function finishRegion({
  region,
  vcf,
  column,
  form,
  target,
  phased,
  leftOut,
  sites,
  body,
}: FinishTask): Promise<FinishedRegion> {
  const list = decodeSiteList(await readFile(sites))
  const given = await readTarget(target)
  const phases = phased === null ? undefined : await readTarget(phased)
  const open = new Set([...given].flatMap(([key, genotype]) => (genotype === OPEN_GENOTYPE ? [key] : [])))
  const filled = await readFilled(leftOut, column, open)
  const typed = new Map([...given].filter(([key]) => !open.has(key)))
  const markers = new Set([...given.keys()].map((key) => Number.parseInt(key, 10)))
  const reader = new EngineLineReader(form, column)
  const figures: RegionFigures = { sites: 0, typed: 0, imputed: 0, sure: 0, sureness: 0 }
  const index = new TabixIndex()
  const written = await withBgzf(
    body,
    async (sink) => {
      const out = new TextPieces(sink)
      for await (const lines of packedLines(vcf)) {
        for (const text of lines) {
          if (text.startsWith('#') || text === '') continue
          const line = withTyped(reader.read(text), phases, filled)
          holdToSites(line, figures.sites, list)
          // Nearly every line is of no marker.
          if (!line.imputed || markers.has(line.position)) holdToTarget(line, typed)
          count(line, figures)
          const record = writeRecord(line, region.contig)
          index.add(region.contig, line.position, out.bytes, out.bytes + record.length, line.reference.length)
          out.add(record)
        }
        await out.flush()
      }
      return { textBytes: out.bytes, blockStarts: sink.blockStarts }
    },
    { packing: CLOSE_PACKING, endMark: false },
  )
  if (figures.sites !== list.position.length) throw new Error('An engine left out sites of the panel')
  if (figures.typed !== typed.size) throw new Error('An engine left out typed markers')
  return { figures, index: index.contigs[0]!, ...written }
}

/** Genotypes that an engine was given, by position, REF and ALT. */
export async function readTarget(target: string): Promise<Map<string, string>> {
  const typed = new Map<string, string>()
  for (const line of (await readFile(target, 'latin1')).split('\n')) {
    if (line === '' || line.startsWith('#')) continue
    const [, position, , reference, alternate, , , , , genotype] = line.split('\t')
    typed.set(`${position} ${reference} ${alternate}`, genotype!)
  }
  return typed
}

/** What open markers would be if they were none; every one of them must be there. */
async function readFilled(
  leftOut: string | null,
  column: FinishTask['column'],
  open: ReadonlySet<string>,
): Promise<Map<string, [number, number]>> {
  if (open.size === 0) return new Map()
  const filled = leftOut === null ? new Map() : await readLeftOut(leftOut, column, open)
  if (filled.size !== open.size) throw new Error('An engine left out open markers')
  return filled
}

/** A line with the typed genotype in place of the engine's estimate of it, or that of a filled marker. */
function withTyped(
  line: EngineLine,
  phases: ReadonlyMap<string, string> | undefined,
  filled: ReadonlyMap<string, [number, number]>,
): EngineLine {
  if (line.imputed || !phases) return line
  const dosages = filled.get(keyOf(line))
  if (dosages) return leftOutLine(line, dosages)
  const genotype = phases.get(keyOf(line))
  if (genotype === undefined) throw new Error('An engine phased other markers than it was given')
  return certainLine(line, genotype)
}

const keyOf = ({ position, reference, alternate }: EngineLine): string =>
  `${position} ${reference} ${alternate}`

function holdToSites({ position, reference, alternate }: EngineLine, at: number, sites: SiteList): void {
  const code = sites.letters[at]
  const letters = code === undefined || code === NO_LETTERS ? code : code & ~OTHER_STRAND
  const found = encodeLetters(reference, alternate)
  if (sites.position[at] !== position || letters !== found) {
    throw new Error('An engine wrote other sites than the panel has')
  }
}

function holdToTarget(line: EngineLine, typed: ReadonlyMap<string, string>): void {
  const given = typed.get(keyOf(line))
  if (given === undefined) {
    if (!line.imputed) throw new Error('An engine calls a site typed that was not')
    return
  }
  if (line.imputed) throw new Error('An engine imputed a typed marker')
  if (unphased(line.genotype) !== given) throw new Error('An engine changed a typed genotype')
}

const unphased = (genotype: string): string => (genotype === '1|0' ? '0/1' : genotype.replace('|', '/'))

function count(line: EngineLine, figures: RegionFigures): void {
  figures.sites++
  if (!line.imputed) {
    figures.typed++
    return
  }
  figures.imputed++
  figures.sureness += line.sureness
  if (line.sureness >= SURE) figures.sure++
}

function writeRecord(line: EngineLine, contig: string): string {
  const { position, id, reference, alternate, imputed, genotype, dosage } = line
  const place = `${contig}\t${position}\t${id}\t${reference}\t${alternate}`
  return `${place}\t.\tPASS\t${imputed ? 'IMP' : 'TYPED'}\tGT:DS:GP\t${genotype}:${dosage}:${writeProbabilities(line)}\n`
}

/** Puts lines of plain letters together, to be handed on in large pieces. */
class TextPieces {
  /** Of everything that was added. */
  bytes = 0
  private readonly sink: ByteSink
  private text = ''

  constructor(sink: ByteSink) {
    this.sink = sink
  }

  add(line: string): void {
    this.text += line
    this.bytes += line.length
  }

  async flush(): Promise<void> {
    await this.sink.write(Buffer.from(this.text, 'latin1'))
    this.text = ''
  }
}

/** Where an offset of a region's text lies once its blocks begin at `base` of a file. */
export const placeIn = (
  { blockStarts }: Pick<FinishedRegion, 'blockStarts'>,
  base: number,
  offset: number,
): number => {
  const block = Math.floor(offset / BGZF_BLOCK_BYTES)
  return (base + blockStarts[block]!) * 0x10000 + (offset - block * BGZF_BLOCK_BYTES)
}
