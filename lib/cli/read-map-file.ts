import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { MAP_BYTES_MAX, type MapRow, readMap } from '#lib/fastq/map/read-map.ts'
import { readPresignedUrl, refusePresigned } from '#lib/fastq/presigned-url.ts'
import { EXIT, Failure, misused } from './failure.ts'

const SUFFIX = '.fastq-map.csv'
const FAULTS_SHOWN_MAX = 1_000

export interface MapFile {
  rows: MapRow[]
  /** SHA-256 of the whole map. */
  digest: string
}

/** The map in this file. Throws a `Failure` that lists everything that is wrong with it, expired URLs too. */
export async function readMapFile(file: string): Promise<MapFile> {
  if (!file.endsWith(SUFFIX)) throw misused(`The name of a map file must end with ${SUFFIX}. Exiting.`)
  const bytes = await readBounded(file)
  const now = new Date()
  const { rows, faults } = readMap(bytes, {
    refuseUrl: (url) => refusePresigned(readPresignedUrl(url), now),
  })
  if (faults) throw faultyMap(file, faults)
  return { rows, digest: createHash('sha256').update(bytes).digest('hex') }
}

/** A `Failure` that names lines of the map and what is wrong with each. */
export function faultyMap(
  file: string,
  faults: readonly { line: number; column?: string; message: string }[],
  what = 'nothing was sent',
): Failure {
  const shown = faults
    .slice(0, FAULTS_SHOWN_MAX)
    .map(({ line, column, message }) => `  line ${line}${column ? `, ${column}` : ''}: ${message}`)
  const left = faults.length - shown.length
  const count = faults.length === 1 ? '1 fault' : `${faults.length} faults`
  const lines = [`${count} in ${path.basename(file)}, ${what}:`, ...shown]
  return new Failure(EXIT.refused, [...lines, ...(left > 0 ? [`  … and ${left} more`] : [])].join('\n'))
}

async function readBounded(file: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(file)
    if (size > MAP_BYTES_MAX) throw misused(`A map has at most ${MAP_BYTES_MAX} bytes.`)
    return await readFile(file)
  } catch (error) {
    if (error instanceof Failure) throw error
    throw misused(`Could not find: ${file}`)
  }
}
