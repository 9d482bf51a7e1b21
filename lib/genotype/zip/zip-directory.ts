import type { Fault } from '../verdict.ts'
import { u16, u32, u64 } from './little-endian.ts'
import { CENTRAL_BYTES, CENTRAL_ENTRY } from './zip-end.ts'

/** Bits of an entry's flags. */
export const DATA_DESCRIPTOR_FLAG = 1 << 3
const ENCRYPTED_FLAGS = (1 << 0) | (1 << 6) | (1 << 13)
const PATCH_FLAG = 1 << 5
/** Flags that two headers of one entry may not disagree about; the rest are hints for the packer. */
export const MEANING_FLAGS = ENCRYPTED_FLAGS | PATCH_FLAG | (1 << 11)

export const ZIP64_EXTRA = 0x0001
const UNICODE_PATH_EXTRA = 0x7075
const AES_METHOD = 99
const SATURATED_16 = 0xffff
const SATURATED_32 = 0xffffffff
const NO_BYTES = new Uint8Array(0)

/** One entry, as the central directory tells it. Names are bytes here and stay within the zip rules. */
export interface CentralEntry {
  name: Uint8Array
  /** Name of the unicode-path extra field, where it belongs to this name. */
  unicodeName: Uint8Array | undefined
  flags: number
  method: number
  crc32: number
  compressedSize: number
  size: number
  offset: number
  /** File type of the Unix mode: 0 when the packer stored none. */
  unixType: number
  isFolder: boolean
}

/** Fields of an extra list by id; undefined when the list is malformed or a field that changes meaning stands twice. */
export function readExtras(bytes: Uint8Array): Map<number, Uint8Array> | undefined {
  const extras = new Map<number, Uint8Array>()
  let at = 0
  // Up to three stray bytes at the end are what old alignment tools leave.
  while (at + 4 <= bytes.length) {
    const id = u16(bytes, at)
    const end = at + 4 + u16(bytes, at + 2)
    if (end > bytes.length) return undefined
    if (extras.has(id) && (id === ZIP64_EXTRA || id === UNICODE_PATH_EXTRA)) return undefined
    extras.set(id, bytes.subarray(at + 4, end))
    at = end
  }
  return extras
}

/**
 * All entries of a central directory, which must fill `bytes` exactly. The caller has bounded both `bytes` and
 * `count`. A directory that cannot be read to its end gives the entries before the fault.
 */
export function readDirectory(
  bytes: Uint8Array,
  count: number,
): { entries: CentralEntry[]; faults: Fault[] } {
  const entries: CentralEntry[] = []
  let at = 0
  for (let n = 0; n < count; n++) {
    const end = endOfEntry(bytes, at)
    const entry = end === undefined ? undefined : readEntry(bytes, at)
    if (end === undefined || !entry) return { entries, faults: [HEADERS_DISAGREE] }
    entries.push(entry)
    at = end
  }
  return { entries, faults: at === bytes.length ? [] : [{ reason: 'zip_unsafe', detail: 'hidden_data' }] }
}

const HEADERS_DISAGREE: Fault = { reason: 'zip_damaged', detail: 'headers_disagree' }

function endOfEntry(bytes: Uint8Array, at: number): number | undefined {
  if (at + CENTRAL_BYTES > bytes.length || u32(bytes, at) !== CENTRAL_ENTRY) return undefined
  const end = at + CENTRAL_BYTES + u16(bytes, at + 28) + u16(bytes, at + 30) + u16(bytes, at + 32)
  return end <= bytes.length ? end : undefined
}

function readEntry(bytes: Uint8Array, at: number): CentralEntry | undefined {
  const nameEnd = at + CENTRAL_BYTES + u16(bytes, at + 28)
  const name = bytes.subarray(at + CENTRAL_BYTES, nameEnd)
  const extras = readExtras(bytes.subarray(nameEnd, nameEnd + u16(bytes, at + 30)))
  const numbers = extras && readSizes(bytes, at, extras.get(ZIP64_EXTRA))
  if (!extras || !numbers) return undefined
  const attributes = u32(bytes, at + 38)
  const last = name.at(-1)
  return {
    name,
    unicodeName: unicodeName(extras.get(UNICODE_PATH_EXTRA)),
    flags: u16(bytes, at + 8),
    method: u16(bytes, at + 10),
    crc32: u32(bytes, at + 16),
    ...numbers,
    unixType: (attributes >>> 16) & 0xf000,
    isFolder: last === 0x2f || last === 0x5c || (attributes & 0x10) !== 0,
  }
}

/** Sizes and offset, the saturated ones from the zip64 field; undefined when that field is too short or another disk is meant. */
function readSizes(bytes: Uint8Array, at: number, zip64: Uint8Array = NO_BYTES) {
  let next = 0
  const wide = (narrow: number): number => {
    if (narrow !== SATURATED_32) return narrow
    next += 8
    return next <= zip64.length ? u64(zip64, next - 8) : Number.NaN
  }
  // The zip64 field holds them in this order, whatever the order in the entry itself.
  const size = wide(u32(bytes, at + 24))
  const compressedSize = wide(u32(bytes, at + 20))
  const offset = wide(u32(bytes, at + 42))
  const disk = u16(bytes, at + 34)
  const wideDisk = disk === SATURATED_16 && next + 4 <= zip64.length ? u32(zip64, next) : disk
  if (Number.isNaN(size + compressedSize + offset) || wideDisk !== 0) return undefined
  return { size, compressedSize, offset }
}

/** The extra field carries a version, a checksum of the name it replaces, and the name. */
const unicodeName = (field: Uint8Array | undefined): Uint8Array | undefined =>
  field && field.length > 5 && field[0] === 1 ? field.subarray(5) : undefined

/** Whether the entry needs a password, by any of the ways packers say so. */
export const isEncrypted = (entry: { flags: number; method: number }): boolean =>
  (entry.flags & ENCRYPTED_FLAGS) !== 0 || entry.method === AES_METHOD

/** Whether the entry is packed in a way that vendors never use. */
export const isOddlyPacked = (entry: { flags: number; method: number }): boolean =>
  (entry.flags & PATCH_FLAG) !== 0 || (entry.method !== 0 && entry.method !== 8)
