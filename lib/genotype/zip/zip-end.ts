import { DIRECTORY_BYTES_MAX, ENTRIES_MAX, TAIL_BYTES_MAX } from '../limits.ts'
import type { Fault } from '../verdict.ts'
import type { ByteSource } from './byte-source.ts'
import { u16, u32, u64 } from './little-endian.ts'

/** First bytes of each record of a zip, as little-endian numbers. */
export const LOCAL_HEADER = 0x04034b50
export const CENTRAL_ENTRY = 0x02014b50
export const END_RECORD = 0x06054b50
export const ZIP64_END_RECORD = 0x06064b50
const ZIP64_LOCATOR = 0x07064b50

/** Bytes of a central entry before its name. */
export const CENTRAL_BYTES = 46
const END_BYTES = 22
const LOCATOR_BYTES = 20
const ZIP64_END_BYTES = 56
const SATURATED_16 = 0xffff
const SATURATED_32 = 0xffffffff

/** Where the end record places the central directory. */
export interface ZipEnd {
  entries: number
  directoryOffset: number
  directoryBytes: number
  /** Bytes of zip64 records that only repeat what the end record says: 0 where there are none, or where they are needed. */
  repeatedBytes: number
}

interface EndRecords extends ZipEnd {
  /** Offset of the first of the end records: where the directory must stop. */
  start: number
  /** False when the archive says that parts of it lie in other files. */
  whole: boolean
  /** False when the end record and the zip64 one could be read as two different archives. */
  agree: boolean
}

/**
 * Find the end record, and the zip64 one if there is one, in the last `TAIL_BYTES_MAX` bytes. `end` is there
 * only when the directory is worth reading: within the ceilings, and exactly where it is said to be.
 */
export async function findZipEnd(source: ByteSource): Promise<{ end?: ZipEnd; faults: Fault[] }> {
  const tailStart = Math.max(0, source.size - TAIL_BYTES_MAX)
  const tail = await source.read(tailStart, source.size)
  const chosen = chooseEndRecord(tail)
  if (typeof chosen !== 'number') return { faults: [chosen] }
  const records = readEndRecords(tail, chosen, tailStart)
  const faults = judgeEndRecords(records)
  return faults.length > 0 ? { faults } : { end: records, faults }
}

/** Whether the source ends as a zip does; tells a zip behind foreign bytes from something that is no zip. */
export async function endsLikeZip(source: ByteSource): Promise<boolean> {
  const tail = await source.read(Math.max(0, source.size - TAIL_BYTES_MAX), source.size)
  return typeof chooseEndRecord(tail) === 'number'
}

/**
 * The one record whose comment ends the file. A second one, or a signature inside the comment, makes two readings
 * of the archive possible. What lies before the record is entry data, where any bytes may stand.
 */
function chooseEndRecord(tail: Uint8Array): number | Fault {
  const ends: { at: number; end: number }[] = []
  for (let at = 0; at + 4 <= tail.length; at++) {
    if (tail[at] !== 0x50 || u32(tail, at) !== END_RECORD) continue
    const complete = at + END_BYTES <= tail.length
    ends.push({ at, end: complete ? at + END_BYTES + u16(tail, at + 20) : Number.POSITIVE_INFINITY })
  }
  const [closing] = ends.filter(({ end }) => end === tail.length)
  if (closing) {
    const last = ends.at(-1)!
    return closing.at === last.at ? closing.at : { reason: 'zip_unsafe', detail: 'hidden_data' }
  }
  const followed = ends.some(({ end }) => end < tail.length)
  return followed
    ? { reason: 'zip_unsafe', detail: 'hidden_data' }
    : { reason: 'zip_damaged', detail: 'truncated' }
}

/**
 * Readers look for a zip64 record when a number is saturated, or always: both must come to the same. Info-ZIP writes one
 * beside an unsaturated end record when its input is a pipe.
 */
function readEndRecords(tail: Uint8Array, at: number, tailStart: number): EndRecords {
  const plain: EndRecords = {
    entries: u16(tail, at + 10),
    directoryBytes: u32(tail, at + 12),
    directoryOffset: u32(tail, at + 16),
    repeatedBytes: 0,
    start: tailStart + at,
    whole: u16(tail, at + 4) === u16(tail, at + 6) && u16(tail, at + 8) === u16(tail, at + 10),
    agree: true,
  }
  const locator = at - LOCATOR_BYTES
  const saturated =
    plain.entries === SATURATED_16 ||
    plain.directoryBytes === SATURATED_32 ||
    plain.directoryOffset === SATURATED_32
  const hasLocator = locator >= 0 && u32(tail, locator) === ZIP64_LOCATOR
  if (saturated && !hasLocator) return { ...plain, agree: false }
  if (hasLocator) return readZip64Records(tail, locator, tailStart, plain, saturated)
  return { ...plain, whole: plain.whole && u16(tail, at + 4) === 0 }
}

/** Each number of the plain record must be saturated or equal to the zip64 one: readers differ in which they believe. */
function readZip64Records(
  tail: Uint8Array,
  locator: number,
  tailStart: number,
  plain: EndRecords,
  saturated: boolean,
): EndRecords {
  const at = locator - ZIP64_END_BYTES
  const isRecord =
    at >= 0 &&
    u32(tail, at) === ZIP64_END_RECORD &&
    u64(tail, at + 4) === ZIP64_END_BYTES - 12 &&
    u64(tail, locator + 8) === tailStart + at
  if (!isRecord) return { ...plain, agree: false }
  const entries = u64(tail, at + 32)
  const directoryBytes = u64(tail, at + 40)
  const directoryOffset = u64(tail, at + 48)
  return {
    entries,
    directoryBytes,
    directoryOffset,
    repeatedBytes: saturated ? 0 : ZIP64_END_BYTES + LOCATOR_BYTES,
    start: tailStart + at,
    whole: u32(tail, at + 16) === 0 && u32(tail, at + 20) === 0 && u64(tail, at + 24) === entries,
    agree:
      u32(tail, locator + 16) <= 1 &&
      [entries, SATURATED_16].includes(plain.entries) &&
      [directoryBytes, SATURATED_32].includes(plain.directoryBytes) &&
      [directoryOffset, SATURATED_32].includes(plain.directoryOffset),
  }
}

function judgeEndRecords(records: EndRecords): Fault[] {
  const faults: Fault[] = []
  const directoryEnd = records.directoryOffset + records.directoryBytes
  if (!records.whole) faults.push({ reason: 'zip_damaged', detail: 'truncated' })
  if (
    !records.agree ||
    directoryEnd > records.start ||
    records.entries * CENTRAL_BYTES > records.directoryBytes
  )
    faults.push({ reason: 'zip_damaged', detail: 'headers_disagree' })
  if (records.entries > ENTRIES_MAX) faults.push({ reason: 'zip_unsafe', detail: 'too_many_entries' })
  if (records.directoryBytes > DIRECTORY_BYTES_MAX)
    faults.push({ reason: 'zip_unsafe', detail: 'directory_too_large' })
  if (directoryEnd < records.start) faults.push({ reason: 'zip_unsafe', detail: 'hidden_data' })
  return faults
}
