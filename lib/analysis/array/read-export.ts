import { createReadStream } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { constants, crc32, createInflateRaw, inflateRawSync } from 'node:zlib'
import { createExportReader } from '#lib/genotype/export-reader.ts'
import type { ExportSummary } from '#lib/genotype/export-summary.ts'
import { INFLATED_BYTES_MAX } from '#lib/genotype/limits.ts'
import { inspectArchive } from '#lib/genotype/sniff-archive.ts'
import type { Fault } from '#lib/genotype/verdict.ts'
import type { ByteSource } from '#lib/genotype/zip/byte-source.ts'
import type { InflateHead } from '#lib/genotype/zip/inflate-head.ts'
import type { ZipMember } from '#lib/genotype/zip/zip.ts'
import { GenotypeTable } from './genotype-table.ts'

const CHUNK_BYTES = 262_144

export interface ExportRead {
  table: GenotypeTable
  summary: ExportSummary
}

/**
 * Read an accepted archive again, once through: every row, and the numbers but for duplicate ids. Its verification has judged it, so whatever
 * is wrong with it now is our fault or the disk's: rejects then, with codes alone, as for more rows than `rowsMax`.
 */
export async function readExport(path: string, rowsMax: number): Promise<ExportRead> {
  const member = await findMember(path)
  const table = new GenotypeTable(rowsMax)
  const reader = createExportReader({ rowsMin: 0, onRow: table.add.bind(table), countDuplicates: false })
  let produced = 0
  let checksum = 0
  for await (const chunk of textOf(path, member)) {
    produced += chunk.length
    if (produced > INFLATED_BYTES_MAX) throw new Error('The text is longer than any that is accepted')
    checksum = crc32(chunk, checksum)
    reader.push(chunk)
  }
  if (member && checksum !== member.crc32) throw new Error('The stored archive is damaged')
  const verdict = reader.end()
  if (!verdict.ok) throw refusedNow(verdict.faults[0])
  return { table, summary: verdict.accepted.summary }
}

/** The one member of an archive; undefined for bare text. The most lenient policy: which one held was decided before. */
async function findMember(path: string): Promise<ZipMember | undefined> {
  const file = await open(path)
  try {
    const inspection = await inspectArchive(await sourceOf(file), { head: inflateHead }, 'forgiving')
    if (!inspection.ok) throw refusedNow(inspection.faults[0])
    return inspection.accepted.member
  } finally {
    await file.close()
  }
}

async function sourceOf(file: FileHandle): Promise<ByteSource> {
  const { size } = await file.stat()
  return {
    size,
    async read(start, end) {
      const first = Math.max(0, start)
      const length = Math.max(0, Math.min(size, end) - first)
      const { buffer, bytesRead } = await file.read(new Uint8Array(length), 0, length, first)
      return buffer.subarray(0, bytesRead)
    },
  }
}

const inflateHead: InflateHead = async ({ packed, bytesMax }) => {
  const text = inflateRawSync(packed, {
    finishFlush: constants.Z_SYNC_FLUSH,
    maxOutputLength: INFLATED_BYTES_MAX,
  })
  return { text: text.subarray(0, bytesMax), produced: text.length }
}

function textOf(path: string, member: ZipMember | undefined): AsyncIterable<Uint8Array> {
  if (!member) return createReadStream(path, { highWaterMark: CHUNK_BYTES })
  const { dataStart, compressedSize, stored } = member
  const packed = createReadStream(path, {
    start: dataStart,
    end: dataStart + compressedSize - 1,
    highWaterMark: CHUNK_BYTES,
  })
  if (stored) return packed
  const inflated = createInflateRaw({ chunkSize: CHUNK_BYTES })
  // `pipe` hands over bytes, not failures.
  packed.once('error', (error) => inflated.destroy(error))
  return packed.pipe(inflated)
}

const refusedNow = ({ reason, detail }: Fault): Error =>
  new Error(`The file was accepted and is refused now: ${reason} ${detail ?? ''}`)
