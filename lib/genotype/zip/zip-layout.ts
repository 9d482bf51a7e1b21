import type { Fault } from '../verdict.ts'
import type { ByteSource } from './byte-source.ts'
import { u16, u32, u64 } from './little-endian.ts'
import {
  type CentralEntry,
  DATA_DESCRIPTOR_FLAG,
  isEncrypted,
  MEANING_FLAGS,
  readExtras,
  ZIP64_EXTRA,
} from './zip-directory.ts'
import { LOCAL_HEADER } from './zip-end.ts'

/** Bytes of a local header before its name. */
export const LOCAL_BYTES = 30
const DESCRIPTOR = 0x08074b50
const SATURATED_32 = 0xffffffff

const TRUNCATED: Fault = { reason: 'zip_damaged', detail: 'truncated' }
const HEADERS_DISAGREE: Fault = { reason: 'zip_damaged', detail: 'headers_disagree' }
const OVERLAPPING: Fault = { reason: 'zip_unsafe', detail: 'overlapping' }
const HIDDEN_DATA: Fault = { reason: 'zip_unsafe', detail: 'hidden_data' }

/** An entry whose packed bytes are known to lie in the file. */
export type Placed<Entry> = Entry & { dataStart: number }

/**
 * Walk the file from its first byte to its directory: each entry's local header must repeat the directory's words,
 * its data and descriptor must follow, and the next entry must begin where they end. Reads no data, and no byte of
 * a header twice, so that all reads together stay below the size of the file.
 */
export async function layOutEntries<Entry extends CentralEntry>(
  source: ByteSource,
  entries: Entry[],
  directoryOffset: number,
): Promise<{ placed: Placed<Entry>[]; faults: Fault[] }> {
  const inOrder = [...entries].sort((a, b) => a.offset - b.offset)
  const crowded = inOrder.flatMap((entry, n) => crowding(entry, inOrder[n + 1]?.offset, directoryOffset))
  if (crowded.length > 0) return { placed: [], faults: crowded }
  const placed: Placed<Entry>[] = []
  const faults: Fault[] = []
  if ((inOrder[0]?.offset ?? directoryOffset) > 0) faults.push(HIDDEN_DATA)
  for (const [n, entry] of inOrder.entries()) {
    const limit = inOrder[n + 1]?.offset ?? directoryOffset
    const dataStart = await readLocalHeader(source, entry, limit)
    if (typeof dataStart !== 'number') {
      faults.push(dataStart)
      continue
    }
    placed.push({ ...entry, dataStart })
    faults.push(...(await judgeGap(source, entry, dataStart, limit)))
  }
  return { placed, faults }
}

/** Whether the least that an entry needs would reach into its neighbour. */
function crowding(entry: CentralEntry, next: number | undefined, directoryOffset: number): Fault[] {
  const end = entry.offset + LOCAL_BYTES + entry.name.length + entry.compressedSize
  if (end > directoryOffset) return [HEADERS_DISAGREE]
  return next !== undefined && end > next ? [OVERLAPPING] : []
}

/** Where the entry's data starts, once its local header has said the same as the directory. */
async function readLocalHeader(
  source: ByteSource,
  entry: CentralEntry,
  limit: number,
): Promise<number | Fault> {
  const fixed = await source.read(entry.offset, entry.offset + LOCAL_BYTES)
  if (fixed.length < LOCAL_BYTES) return TRUNCATED
  if (u32(fixed, 0) !== LOCAL_HEADER) return HEADERS_DISAGREE
  const nameStart = entry.offset + LOCAL_BYTES
  const extraStart = nameStart + u16(fixed, 26)
  const dataStart = extraStart + u16(fixed, 28)
  if (dataStart + entry.compressedSize > limit) return HEADERS_DISAGREE
  // Local headers that hide their words are an encryption feature.
  const hidden = isEncrypted({ flags: u16(fixed, 6), method: u16(fixed, 8) })
  if (hidden) return isEncrypted(entry) ? { reason: 'zip_encrypted' } : HEADERS_DISAGREE
  const rest = await source.read(nameStart, dataStart)
  const extras = readExtras(rest.subarray(extraStart - nameStart))
  if (!extras) return HEADERS_DISAGREE
  const zip64 = extras.get(ZIP64_EXTRA)
  const repeats =
    sameBytes(rest.subarray(0, extraStart - nameStart), entry.name) &&
    (u16(fixed, 6) & MEANING_FLAGS) === (entry.flags & MEANING_FLAGS) &&
    u16(fixed, 8) === entry.method &&
    repeatsNumbers(fixed, zip64, entry)
  return repeats ? dataStart : HEADERS_DISAGREE
}

/** A local header repeats checksum and sizes; zeros are allowed where a descriptor follows the data. */
function repeatsNumbers(fixed: Uint8Array, zip64: Uint8Array | undefined, entry: CentralEntry): boolean {
  const streamed = (u16(fixed, 6) & DATA_DESCRIPTOR_FLAG) !== 0
  let next = 0
  const wide = (narrow: number): number => {
    if (narrow !== SATURATED_32 || !zip64) return narrow
    next += 8
    return next <= zip64.length ? u64(zip64, next - 8) : Number.NaN
  }
  const size = wide(u32(fixed, 22))
  const compressedSize = wide(u32(fixed, 18))
  const agrees = (local: number, central: number) => local === central || (streamed && local === 0)
  return (
    agrees(u32(fixed, 14), entry.crc32) &&
    agrees(size, entry.size) &&
    agrees(compressedSize, entry.compressedSize)
  )
}

/** Between an entry's data and what comes next lies its descriptor, or nothing. */
async function judgeGap(
  source: ByteSource,
  entry: CentralEntry,
  dataStart: number,
  limit: number,
): Promise<Fault[]> {
  const dataEnd = dataStart + entry.compressedSize
  const gap = limit - dataEnd
  const streamed = (entry.flags & DATA_DESCRIPTOR_FLAG) !== 0
  if (!streamed) return gap === 0 ? [] : [HIDDEN_DATA]
  if (gap > 24) return [HIDDEN_DATA]
  const bytes = await source.read(dataEnd, limit)
  return isDescriptor(bytes, entry) ? [] : [HEADERS_DISAGREE]
}

/** With or without its signature, with 4- or 8-byte sizes: packers write all four, and the length tells them apart. */
function isDescriptor(bytes: Uint8Array, entry: CentralEntry): boolean {
  const signed = bytes.length === 16 || bytes.length === 24
  if (signed ? u32(bytes, 0) !== DESCRIPTOR : bytes.length !== 12 && bytes.length !== 20) return false
  const at = signed ? 4 : 0
  const wide = bytes.length >= 20
  const compressedSize = wide ? u64(bytes, at + 4) : u32(bytes, at + 4)
  const size = wide ? u64(bytes, at + 12) : u32(bytes, at + 8)
  return u32(bytes, at) === entry.crc32 && compressedSize === entry.compressedSize && size === entry.size
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, n) => byte === b[n])
