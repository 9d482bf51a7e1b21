import { type FileHandle, open } from 'node:fs/promises'
import {
  configure,
  ERR_AMBIGUOUS_ARCHIVE,
  ERR_BAD_FORMAT,
  ERR_CENTRAL_DIRECTORY_NOT_FOUND,
  ERR_ENCRYPTED,
  ERR_ENTRY_DATA_OUT_OF_BOUNDS,
  ERR_EOCDR_LOCATOR_ZIP64_NOT_FOUND,
  ERR_EOCDR_NOT_FOUND,
  ERR_EXTRAFIELD_ZIP64_NOT_FOUND,
  ERR_INVALID_COMPRESSED_DATA,
  ERR_INVALID_CRC32,
  ERR_INVALID_UNCOMPRESSED_SIZE,
  ERR_LOCAL_FILE_HEADER_NOT_FOUND,
  ERR_OVERLAPPING_ENTRY,
  ERR_SPLIT_ZIP_FILE,
  ERR_UNSAFE_FILENAME,
  ERR_UNSUPPORTED_COMPRESSION,
  ERR_UNSUPPORTED_ENCRYPTION,
  ERR_UNSUPPORTED_UINT64,
  type FileEntry,
  Reader,
  ZipReader,
} from '@zip.js/zip.js'
import type { ArchiveCheckOptions, ArchiveVerdict } from '#lib/genotype/archive-check.ts'
import { createExportReader } from '#lib/genotype/export-reader.ts'
import { INFLATE_RATIO_MAX, INFLATED_BYTES_MAX } from '#lib/genotype/limits.ts'
import { inspectArchive } from '#lib/genotype/sniff-archive.ts'
import type { Fault } from '#lib/genotype/verdict.ts'
import type { ByteSource } from '#lib/genotype/zip/byte-source.ts'
import type { ZipMember } from '#lib/genotype/zip/zip.ts'
import { findZipEnd } from '#lib/genotype/zip/zip-end.ts'
import { InflateStream, ZLIB_INFLATER } from './inflate-with-zlib.ts'

/** Bytes read at once from the disk: for zip.js, and for text that is not packed at all. */
const CHUNK_BYTES = 262_144

/** What zip.js refuses that our own rules let pass, or only reading to the end can show. Any other error is a bug. */
const FAULTS: Record<string, Fault> = {
  [ERR_INVALID_CRC32]: { reason: 'zip_damaged', detail: 'checksum' },
  [ERR_INVALID_COMPRESSED_DATA]: { reason: 'zip_damaged', detail: 'inflate_failed' },
  // Damaged bytes often still inflate, to more or less than was packed.
  [ERR_INVALID_UNCOMPRESSED_SIZE]: { reason: 'zip_damaged', detail: 'inflate_failed' },
  [ERR_ENCRYPTED]: { reason: 'zip_encrypted' },
  [ERR_UNSUPPORTED_ENCRYPTION]: { reason: 'zip_encrypted' },
  [ERR_UNSUPPORTED_COMPRESSION]: { reason: 'archive_modified', detail: 'compression_method' },
  [ERR_OVERLAPPING_ENTRY]: { reason: 'zip_unsafe', detail: 'overlapping' },
  [ERR_UNSAFE_FILENAME]: { reason: 'zip_unsafe', detail: 'unsafe_name' },
  [ERR_AMBIGUOUS_ARCHIVE]: { reason: 'zip_unsafe', detail: 'hidden_data' },
  ...Object.fromEntries(
    [
      ERR_BAD_FORMAT,
      ERR_CENTRAL_DIRECTORY_NOT_FOUND,
      ERR_ENTRY_DATA_OUT_OF_BOUNDS,
      ERR_EOCDR_LOCATOR_ZIP64_NOT_FOUND,
      ERR_EOCDR_NOT_FOUND,
      ERR_EXTRAFIELD_ZIP64_NOT_FOUND,
      ERR_LOCAL_FILE_HEADER_NOT_FOUND,
      ERR_SPLIT_ZIP_FILE,
      ERR_UNSUPPORTED_UINT64,
    ].map((message): [string, Fault] => [message, { reason: 'zip_damaged', detail: 'headers_disagree' }]),
  ),
}

/** zip.js's view of the same open file. */
class SourceReader extends Reader<ByteSource> {
  readonly #source: ByteSource

  constructor(source: ByteSource) {
    super(source)
    this.#source = source
    this.size = source.size
  }

  override readUint8Array(index: number, length: number): Promise<Uint8Array> {
    return this.#source.read(index, index + length)
  }
}

async function fromHandle(handle: FileHandle): Promise<ByteSource> {
  const { size } = await handle.stat()
  return {
    size,
    async read(start, end) {
      const length = Math.max(0, Math.min(size, end) - Math.max(0, start))
      const { buffer, bytesRead } = await handle.read(new Uint8Array(length), 0, length, Math.max(0, start))
      return buffer.subarray(0, bytesRead)
    },
  }
}

/**
 * Judge a stored archive to its last byte, in one pass. It keeps the event loop busy and trusts nobody's patience:
 * run it in a thread that can be ended. Rejects when the file cannot be read, and for our own bugs.
 */
export async function checkArchive(
  path: string,
  { policy, rowsMin }: ArchiveCheckOptions,
): Promise<ArchiveVerdict> {
  const handle = await open(path)
  try {
    const source = await fromHandle(handle)
    const inspection = await inspectArchive(source, ZLIB_INFLATER, policy)
    if (!inspection.ok) return inspection
    const { member, container } = inspection.accepted
    const reader = createExportReader({ rowsMin })
    const fault = member
      ? await readMember(source, member, (chunk) => reader.push(chunk))
      : await readBare(source, (chunk) => reader.push(chunk))
    if (fault) return { ok: false, faults: [fault] }
    const verdict = reader.end()
    return verdict.ok ? { ok: true, accepted: { ...verdict.accepted, container } } : verdict
  } finally {
    await handle.close()
  }
}

type Push = (chunk: Uint8Array) => void

async function readBare(source: ByteSource, push: Push): Promise<undefined> {
  for (let at = 0; at < source.size; at += CHUNK_BYTES) push(await source.read(at, at + CHUNK_BYTES))
}

/**
 * The archive without zip64 records that only repeat its end record, as our own reading has found: zip.js takes bytes
 * that it does not need for hidden data.
 */
async function withoutRepeatedEnd(source: ByteSource): Promise<ByteSource> {
  const { end } = await findZipEnd(source)
  if (!end?.repeatedBytes) return source
  const holeStart = end.directoryOffset + end.directoryBytes
  const { repeatedBytes } = end
  return {
    size: source.size - repeatedBytes,
    async read(from, to) {
      if (to <= holeStart) return source.read(from, to)
      if (from >= holeStart) return source.read(from + repeatedBytes, to + repeatedBytes)
      const before = await source.read(from, holeStart)
      return Buffer.concat([before, await source.read(holeStart + repeatedBytes, to + repeatedBytes)])
    },
  }
}

/** Inflate the member once, chunk by chunk, with a second reader's opinion on the archive; a fault when they differ. */
async function readMember(source: ByteSource, member: ZipMember, push: Push): Promise<Fault | undefined> {
  const options = { strictness: 'strict', checkSignature: true, checkOverlappingEntry: true } as const
  configure({ useWebWorkers: false, chunkSize: CHUNK_BYTES, DecompressionStream: InflateStream })
  const zip = new ZipReader(new SourceReader(await withoutRepeatedEnd(source)), options)
  let produced = 0
  const counter = new WritableStream<Uint8Array>({
    write(chunk) {
      produced += chunk.length
      if (produced > INFLATED_BYTES_MAX || produced > member.compressedSize * INFLATE_RATIO_MAX)
        throw new Error(TOO_MUCH)
      push(chunk)
    },
  })
  try {
    const entries = await zip.getEntries()
    const entry = entries.find(({ offset }) => offset === member.offset)
    if (!isFile(entry)) return { reason: 'zip_damaged', detail: 'headers_disagree' }
    await entry.getData(counter)
    return produced === member.size ? undefined : { reason: 'zip_damaged', detail: 'headers_disagree' }
  } catch (error) {
    return faultOf(error)
  }
}

const TOO_MUCH = 'Inflated to more than allowed'

const isFile = (entry: { directory: boolean } | undefined): entry is FileEntry =>
  entry !== undefined && !entry.directory

function faultOf(error: unknown): Fault {
  const message = error instanceof Error ? error.message : ''
  const fault = message === TOO_MUCH ? BOMB : FAULTS[message]
  if (fault) return fault
  throw error
}

const BOMB: Fault = { reason: 'zip_unsafe', detail: 'bomb' }
