import { INFLATE_RATIO_MAX, INFLATED_BYTES_MAX } from '../limits.ts'
import type { Fault, Policy, Sniffed } from '../verdict.ts'
import type { ByteSource } from './byte-source.ts'
import { type CentralEntry, isEncrypted, isOddlyPacked, readDirectory } from './zip-directory.ts'
import { findZipEnd } from './zip-end.ts'
import { layOutEntries, type Placed } from './zip-layout.ts'
import { type NamedEntry, nameEntry } from './zip-names.ts'

/** One packed file whose place and declared numbers are known; nothing of it has been inflated. */
export interface ZipMember {
  offset: number
  dataStart: number
  compressedSize: number
  /** Inflated size and checksum, as declared. */
  size: number
  crc32: number
  stored: boolean
}

/** All that can be said about an archive without inflating. */
export interface ZipReading {
  /** Files that could be the export, largest first. Litter, folders and unreadable entries are left out. */
  members: ZipMember[]
  /** Everything wrong with the structure, the most helpful first; empty when the one member may be read on. */
  faults: Fault[]
  container: Sniffed['container']
}

/**
 * Judge the structure of an archive: no entry is inflated, at most the tail, a bounded directory and the local
 * headers are read. Whatever another reader could take for another archive is refused. Rejects only when the
 * source cannot be read.
 */
export async function readZip(source: ByteSource, policy: Policy): Promise<ZipReading> {
  const { end, faults: endFaults } = await findZipEnd(source)
  if (!end) return { members: [], faults: onceEach(inOrderOfHelp(endFaults)), container: 'original' }
  const { directoryOffset, directoryBytes } = end
  const directory = await source.read(directoryOffset, directoryOffset + directoryBytes)
  const { entries, faults: directoryFaults } = readDirectory(directory, end.entries)
  const named = entries.map(nameEntry)
  // A directory that is read only in part says nothing about where its entries lie.
  const layout =
    directoryFaults.length === 0
      ? await layOutEntries(source, named, directoryOffset)
      : { placed: [], faults: [] }
  const packing = judgePacking(named, policy)
  const structure = [...directoryFaults, ...layout.faults, ...endFaults]
  // What a header that contradicts another says of its file may be the damage itself: that comes first.
  const damage = structure.filter(({ reason }) => reason === 'zip_damaged')
  const others = [
    ...structure.filter(({ reason }) => reason !== 'zip_damaged'),
    ...named.flatMap(judgeEntry),
    ...packing.faults,
    ...judgeSizes(named),
  ]
  return {
    members: layout.placed
      .filter(mayBeExport)
      .map(toMember)
      .sort((a, b) => b.size - a.size),
    faults: onceEach([...inOrderOfHelp(damage), ...inOrderOfHelp(others)]),
    container: packing.container,
  }
}

const isPlainFile = (entry: NamedEntry): boolean => !entry.isFolder && !entry.isMacLitter

const mayBeExport = (entry: NamedEntry): boolean =>
  isPlainFile(entry) && !entry.isSpecial && !entry.isUnsafe && !isEncrypted(entry) && !isOddlyPacked(entry)

const toMember = (entry: Placed<CentralEntry>): ZipMember => ({
  offset: entry.offset,
  dataStart: entry.dataStart,
  compressedSize: entry.compressedSize,
  size: entry.size,
  crc32: entry.crc32,
  stored: entry.method === 0,
})

/** What one entry is guilty of by itself. */
function judgeEntry(entry: NamedEntry): Fault[] {
  const faults: Fault[] = []
  if (isEncrypted(entry)) faults.push({ reason: 'zip_encrypted' })
  else if (isOddlyPacked(entry)) faults.push({ reason: 'archive_modified', detail: 'compression_method' })
  if (entry.isUnsafe) faults.push({ reason: 'zip_unsafe', detail: 'unsafe_name' })
  if (entry.isSpecial) faults.push({ reason: 'zip_unsafe', detail: 'special_file' })
  if (entry.method === 0 && !isEncrypted(entry) && entry.size !== entry.compressedSize)
    faults.push({ reason: 'zip_damaged', detail: 'headers_disagree' })
  return faults
}

/** Declared sizes beyond any genuine export. The same ceilings are counted again while inflating. */
function judgeSizes(entries: NamedEntry[]): Fault[] {
  const total = entries.reduce((sum, { size }) => sum + size, 0)
  const dense = entries.some(({ size, compressedSize }) => size > compressedSize * INFLATE_RATIO_MAX)
  return total > INFLATED_BYTES_MAX || dense ? [{ reason: 'zip_unsafe', detail: 'bomb' }] : []
}

/**
 * What the set of entries says about who packed it. `forgiving` takes one file beside the litter of macOS, or in
 * one folder; a vendor's archive has one file and nothing else.
 */
function judgePacking(entries: NamedEntry[], policy: Policy): Pick<ZipReading, 'faults' | 'container'> {
  const files = entries.filter(isPlainFile)
  if (files.some(({ isOfficePart }) => isOfficePart))
    return { faults: [{ reason: 'no_genotypes', detail: 'office_document' }], container: 'original' }
  const littered = entries.some(({ isMacLitter }) => isMacLitter)
  const foldered =
    files.some(({ depth, isUnsafe }) => depth > 0 && !isUnsafe) || entries.some((entry) => isOwnFolder(entry))
  const forgiven = policy === 'forgiving' && files.length === 1 && files[0]!.depth <= 1
  const container = littered || foldered ? 'repacked' : 'original'
  if (forgiven) return { faults: [], container }
  const faults: Fault[] = []
  if (files.length === 0 && !littered) faults.push({ reason: 'no_genotypes', detail: 'empty_archive' })
  if (littered) faults.push({ reason: 'archive_modified', detail: 'repacked_macos' })
  if (foldered) faults.push({ reason: 'archive_modified', detail: 'repacked_folder' })
  if (files.length > 1) faults.push({ reason: 'archive_modified', detail: 'extra_files' })
  return { faults, container: 'original' }
}

const isOwnFolder = (entry: NamedEntry): boolean => entry.isFolder && !entry.isMacLitter

/** The words that help most come first: what the person can mend, then what is broken, then what looks like malice. */
const ORDER: readonly (string | undefined)[] = [
  'zip_encrypted',
  'office_document',
  'empty_archive',
  'unsafe_name',
  'special_file',
  'overlapping',
  'repacked_macos',
  'repacked_folder',
  'extra_files',
  'compression_method',
  'too_many_entries',
  'directory_too_large',
  'bomb',
  'headers_disagree',
  'truncated',
  'hidden_data',
]

const rank = ({ reason, detail }: Fault): number => ORDER.indexOf(detail ?? reason)

const inOrderOfHelp = (faults: Fault[]): Fault[] => [...faults].sort((a, b) => rank(a) - rank(b))

const onceEach = (faults: Fault[]): Fault[] =>
  faults.filter((fault, n) => faults.findIndex((other) => rank(other) === rank(fault)) === n)
