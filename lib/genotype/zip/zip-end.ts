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

const TRUNCATED: Fault = { reason: 'zip_damaged', detail: 'truncated' }
const HEADERS_DISAGREE: Fault = { reason: 'zip_damaged', detail: 'headers_disagree' }
const HIDDEN_DATA: Fault = { reason: 'zip_unsafe', detail: 'hidden_data' }

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
 * Find the end record, and the zip64 one if there is one, in the last `TAIL_BYTES_MAX` bytes. `end` is there only when
 * the directory is worth reading: within the ceilings, and within its place. With both an `end` and faults, bytes stand
 * where nothing needs them: whether that is damage or malice, the directory and the headers must say first.
 */
export async function findZipEnd(source: ByteSource): Promise<{ end?: ZipEnd; faults: Fault[] }> {
  const tailStart = Math.max(0, source.size - TAIL_BYTES_MAX)
  const tail = await source.read(tailStart, source.size)
  const chosen = chooseEndRecord(tail)
  if ('reason' in chosen) return { faults: [chosen] }
  const records = readEndRecords(tail, chosen.at, tailStart)
  const faults = judgeEndRecords(records)
  if (faults.length > 0) return { faults }
  if (await isBehindOther(source, records)) return { faults: [HIDDEN_DATA] }
  return { end: records, faults: await judgeSurplus(source, records, tailStart + chosen.end) }
}

/** Whether the source ends as a zip does; tells a zip behind foreign bytes from something that is no zip. */
export async function endsLikeZip(source: ByteSource): Promise<boolean> {
  const tail = await source.read(Math.max(0, source.size - TAIL_BYTES_MAX), source.size)
  const chosen = chooseEndRecord(tail)
  return !('reason' in chosen) && chosen.end === tail.length
}

/**
 * The one record whose comment ends the file, else the last one that something follows. A second one, or a signature
 * inside the comment, makes two readings of the archive possible. What lies before the record is entry data, where any
 * bytes may stand.
 */
function chooseEndRecord(tail: Uint8Array): { at: number; end: number } | Fault {
  const ends: { at: number; end: number }[] = []
  for (let at = 0; at + 4 <= tail.length; at++) {
    if (tail[at] !== 0x50 || u32(tail, at) !== END_RECORD) continue
    const complete = at + END_BYTES <= tail.length
    ends.push({ at, end: complete ? at + END_BYTES + u16(tail, at + 20) : Number.POSITIVE_INFINITY })
  }
  const [closing] = ends.filter(({ end }) => end === tail.length)
  if (closing) return closing.at === ends.at(-1)!.at ? closing : HIDDEN_DATA
  return ends.filter(({ end }) => end < tail.length).at(-1) ?? TRUNCATED
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

const endOfDirectory = ({ directoryOffset, directoryBytes }: ZipEnd): number =>
  directoryOffset + directoryBytes

/** Numbers of records that contradict each other are no numbers: nothing else is said of them. */
function judgeEndRecords(records: EndRecords): Fault[] {
  const faults: Fault[] = records.whole ? [] : [TRUNCATED]
  if (!records.agree || endOfDirectory(records) > records.start) return [...faults, HEADERS_DISAGREE]
  if (records.entries * CENTRAL_BYTES > records.directoryBytes) faults.push(HEADERS_DISAGREE)
  if (records.entries > ENTRIES_MAX) faults.push({ reason: 'zip_unsafe', detail: 'too_many_entries' })
  if (records.directoryBytes > DIRECTORY_BYTES_MAX)
    faults.push({ reason: 'zip_unsafe', detail: 'directory_too_large' })
  return faults
}

/** What a failing disk or download pads with, and an editor or a transfer as text appends: it can hide nothing. */
const PADDING: readonly number[] = [0, 0x0a, 0x0d, 0x1a, 0x20, 0xff]
const STEP_BYTES = 65_536

/** Bytes that no part of the archive needs, between directory and end records and behind them: padding and copies are damage. */
async function judgeSurplus(source: ByteSource, records: EndRecords, end: number): Promise<Fault[]> {
  const places = [
    { from: endOfDirectory(records), to: records.start },
    { from: end, to: source.size },
  ].filter(({ from, to }) => from < to)
  for (const { from, to } of places) {
    const harmless =
      (await isPadding(source, from, to)) ||
      (await endsTwice(source, to - from)) ||
      (await isBrokenEnd(source, from, to))
    if (!harmless) return [HIDDEN_DATA]
  }
  return places.length > 0 ? [HEADERS_DISAGREE] : []
}

async function isPadding(source: ByteSource, from: number, to: number): Promise<boolean> {
  for (let at = from; at < to; at += STEP_BYTES) {
    const bytes = await source.read(at, Math.min(to, at + STEP_BYTES))
    if (!bytes.every((byte) => PADDING.includes(byte))) return false
  }
  return true
}

/** Whether there is no more than what is left of zip64 records that lost or gained bytes. */
async function isBrokenEnd(source: ByteSource, from: number, to: number): Promise<boolean> {
  if (to - from > 2 * (ZIP64_END_BYTES + LOCATOR_BYTES)) return false
  const bytes = await source.read(from, to)
  return bytes.some(
    (_, at) => at + 4 <= bytes.length && [ZIP64_END_RECORD, ZIP64_LOCATOR].includes(u32(bytes, at)),
  )
}

/**
 * Whether the archive stands whole behind other bytes, which some readers skip: its directory and first entry lie as much
 * too late. A copy of its own beginning, as where a download began anew, is damage and nothing else.
 */
async function isBehindOther(source: ByteSource, records: EndRecords): Promise<boolean> {
  const shift = records.start - endOfDirectory(records)
  const signatureAt = async (at: number) => {
    const bytes = await source.read(at, at + 4)
    return bytes.length === 4 ? u32(bytes, 0) : undefined
  }
  return (
    shift > 0 &&
    (await signatureAt(records.directoryOffset)) !== CENTRAL_ENTRY &&
    (await signatureAt(records.directoryOffset + shift)) === CENTRAL_ENTRY &&
    (await signatureAt(shift)) === LOCAL_HEADER &&
    !(await repeats(source, shift, Math.min(source.size, shift * 2), shift))
  )
}

/** Whether the last `length` bytes are those before them once more, as where a transfer was continued too early. */
const endsTwice = async (source: ByteSource, length: number): Promise<boolean> =>
  length * 2 <= source.size && repeats(source, source.size - length, source.size, length)

/** Whether the bytes of this range are those `distance` before. */
async function repeats(source: ByteSource, from: number, to: number, distance: number): Promise<boolean> {
  for (let at = from; at < to; at += STEP_BYTES) {
    const end = Math.min(to, at + STEP_BYTES)
    const [bytes, before] = [await source.read(at, end), await source.read(at - distance, end - distance)]
    if (!bytes.every((byte, n) => byte === before[n])) return false
  }
  return true
}
