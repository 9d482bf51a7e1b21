import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Region } from '#lib/analysis/imputation/panel/region.ts'
import { CHROMOSOME_LENGTHS, CHROMOSOME_X } from '#lib/genotype/chromosomes.ts'
import type { Build } from '#lib/genotype/verdict.ts'
import { listFolder } from './list-folder.ts'
import { PanelRefusal } from './panel-refusal.ts'
import { panelChromosome } from './read-head.ts'

export interface MapRow {
  centimorgans: number
  position: number
}

/** A genetic map of one chromosome, or of one part of X. */
interface MapFile {
  name: string
  bytes: Uint8Array
  rows: MapRow[]
}

/** Maps of a folder, by chromosome and, for X, by part. */
export class MapFolder {
  private readonly files: Map<string, MapFile>

  private constructor(files: Map<string, MapFile>) {
    this.files = files
  }

  /**
   * Read every `*.map` file: PLINK's form (chromosome, id, centimorgans, position), one chromosome a file, as they are
   * offered beside Beagle. Throws `PanelRefusal` for one that cannot be used.
   */
  static async read(folder: string, build: Build): Promise<MapFolder> {
    const names = (await listFolder(folder)).filter((name) => name.endsWith('.map'))
    const files = new Map<string, MapFile>()
    for (const name of names) {
      const bytes = await readFile(path.join(folder, name))
      const { key, rows } = parseMap(name, bytes.toString('latin1'), build)
      const other = files.get(key)
      if (other) throw new PanelRefusal(`${other.name} and ${name} are both maps of ${key}`)
      files.set(key, { name, bytes, rows })
    }
    return new MapFolder(files)
  }

  /** Throws `PanelRefusal` when there is none. A part of X without a map of its own takes that of X. */
  of({ key, chromosome, contig }: Region): {
    text: string
    rows: readonly MapRow[]
    source: Pick<MapFile, 'name' | 'bytes'>
  } {
    const found = this.files.get(key) ?? (chromosome === CHROMOSOME_X ? this.files.get('X') : undefined)
    if (!found)
      throw new PanelRefusal(`there is no genetic map of ${key} (a file such as plink.chr${key}.map)`)
    const lines = found.rows.map(
      ({ centimorgans, position }) => `${contig}\t.\t${centimorgans}\t${position}\n`,
    )
    return { text: lines.join(''), rows: found.rows, source: { name: found.name, bytes: found.bytes } }
  }
}

function parseMap(name: string, text: string, build: Build): { key: string; rows: MapFile['rows'] } {
  const refuse = (why: string) => new PanelRefusal(`${name}: ${why}`)
  const stated = /GRCh(37|38)|NCBI(36)|b(36|37|38)\b/i
    .exec(name)
    ?.slice(1)
    .find((digits) => digits)
  if (stated && Number(stated) !== build) throw refuse(`it is named for build ${stated}, not ${build}`)
  const rows: MapFile['rows'] = []
  let label: string | undefined
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === '') continue
    const [chromosome = '', , centimorgans, position] = line.trim().split(/\s+/)
    label ??= chromosome
    if (chromosome !== label) throw refuse('it holds more than one chromosome')
    const row = { centimorgans: Number(centimorgans), position: Number(position) }
    const before = rows.at(-1)
    const sound =
      row.centimorgans >= 0 &&
      row.centimorgans < Number.POSITIVE_INFINITY &&
      Number.isInteger(row.position) &&
      row.position >= 0
    if (!sound) throw refuse('a line is not chromosome, id, centimorgans, position')
    if (before && (row.position <= before.position || row.centimorgans < before.centimorgans)) {
      throw refuse(`position ${row.position} goes back`)
    }
    rows.push(row)
  }
  // The parts of X are told apart by name: inside, they may all be called X.
  const part = /par([12])/i.exec(name)?.[1] ?? /par([12])/i.exec(label ?? '')?.[1]
  const code = panelChromosome((label ?? '').replace(/[_-]?(non)?par[12]?$/i, ''))
  if (rows.length < 2 || (code === 0 && !/^(chr)?(X|23)/i.test(label ?? '')))
    throw refuse('it is no genetic map')
  if (rows.at(-1)!.centimorgans === rows[0]!.centimorgans) throw refuse('its centimorgans never change')
  const isX = code === CHROMOSOME_X || code === 0
  const length = CHROMOSOME_LENGTHS[build][isX ? CHROMOSOME_X : code]!
  if (rows.at(-1)!.position > length)
    throw refuse(`it goes beyond the end of the chromosome on build ${build}`)
  return { key: isX ? (part ? `X-PAR${part}` : 'X') : String(code), rows }
}
