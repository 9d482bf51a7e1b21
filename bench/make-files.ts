import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { constants, deflateRaw } from 'node:zlib'
import { concat, deflate, packManyEntries, packZip } from '#lib/genotype/fixtures/pack-zip.ts'
import { synthesizeExport } from '#lib/genotype/fixtures/synthesize-export.ts'
import { FILE_BYTES_MAX } from '#lib/genotype/limits.ts'

/** Rows of a whole export of today. */
export const FULL_ROWS = 640_000
/** More than fit into 25 MiB of 23andMe's rows; what is too much is cut off. */
const LARGE_ROWS = 1_100_000
/** Text at the beginning of the large file that is packed as a vendor would; the rest is kept as it is, to be large. */
const PACKED_HEAD_BYTES = 400_000
const ZEROS_BYTES = 64 * 1_048_576
const BOMB_SEGMENTS = 384
const MANY_ENTRIES = 240_000

/** Paths of files on disk, all synthetic. */
export interface BenchFiles {
  /** A whole export, packed by its vendor, and its text. */
  fullZip: string
  fullText: string
  /** A sound archive of nearly 25 MiB; the beginning of its text is packed as usual. */
  largeZip: string
  /** Refused by its first byte: for warming up. */
  smallText: string
  hostile: { name: string; path: string }[]
}

export async function makeFiles(directory: string): Promise<BenchFiles> {
  const write = async (name: string, bytes: Uint8Array) => {
    const file = path.join(directory, name)
    await writeFile(file, bytes)
    return file
  }
  const full = synthesizeExport({ vendor: '23andme', rows: FULL_ROWS, seed: 1, sex: 'male' })
  const hostile = await hostileArchives()
  return {
    fullText: await write('full.txt', full.text),
    fullZip: await write('full.zip', await packZip([{ name: full.innerName, bytes: full.text }])),
    largeZip: await write('large.zip', await largeArchive()),
    smallText: await write('small.txt', new TextEncoder().encode('Not a genotype in sight.\n')),
    hostile: await Promise.all(
      hostile.map(async ({ name, bytes }, n) => ({ name, path: await write(`hostile-${n}.zip`, bytes) })),
    ),
  }
}

/** As large as is taken, and sound to the last byte: one deflated member. */
async function largeArchive(): Promise<Uint8Array> {
  const { text, innerName } = synthesizeExport({ vendor: '23andme', rows: LARGE_ROWS, seed: 2 })
  const head = text.subarray(0, PACKED_HEAD_BYTES)
  const packedHead = await promisify(deflateRaw)(head, { finishFlush: constants.Z_FULL_FLUSH })
  // 5 bytes for each stored block of 16 KB, and room for the headers.
  const room = (FILE_BYTES_MAX - packedHead.length - 1_000) * (16_384 / 16_400)
  const end = text.lastIndexOf(0x0a, PACKED_HEAD_BYTES + Math.floor(room)) + 1
  const rest = await promisify(deflateRaw)(text.subarray(PACKED_HEAD_BYTES, end), { level: 0 })
  return packZip([{ name: innerName, bytes: text.subarray(0, end), packed: concat(packedHead, rest) }])
}

interface NamedBytes {
  name: string
  bytes: Uint8Array
}

/** Archives made to cost their reader time or memory, as large as anybody may pick. */
async function hostileArchives(): Promise<NamedBytes[]> {
  const bomb = await zerosBomb()
  const name = 'genome.txt'
  const bytes = new Uint8Array(0)
  const honest = 24 * 2 ** 30
  // Few enough to pass for an export until something is inflated.
  const claimed = bomb.length * 2
  const fourth = bomb.subarray(0, Math.floor(bomb.length / 4))
  const sibling = (n: number) => ({
    name: `genome-${n}.txt`,
    bytes,
    packed: fourth,
    both: { size: fourth.length * 2 },
  })
  const text = synthesizeExport({ vendor: '23andme', rows: 3_000, seed: 3 })
  const small = await packZip([{ name: text.innerName, bytes: text.text }], {
    zip64End: true,
    entries: MANY_ENTRIES,
  })
  return [
    {
      name: 'bomb of 24 GiB',
      bytes: await packZip([{ name, bytes, packed: bomb, zip64: true, both: { size: honest } }]),
    },
    {
      name: 'bomb whose headers lie',
      bytes: await packZip([{ name, bytes, packed: bomb, both: { size: claimed } }]),
    },
    { name: 'four bombs whose headers lie', bytes: await packZip([1, 2, 3, 4].map(sibling)) },
    { name: '240,000 entries', bytes: await packManyEntries(MANY_ENTRIES) },
    { name: 'end record that counts 240,000 entries', bytes: small },
  ]
}

/** Deflated zeros, 24 GiB of them when inflated: one flushed segment, which may follow itself, again and again. */
async function zerosBomb(): Promise<Uint8Array> {
  const segment = await promisify(deflateRaw)(new Uint8Array(ZEROS_BYTES), {
    level: 9,
    finishFlush: constants.Z_FULL_FLUSH,
  })
  const segments = Array.from({ length: BOMB_SEGMENTS }, () => segment)
  return concat(...segments, await deflate(new Uint8Array(0)))
}
