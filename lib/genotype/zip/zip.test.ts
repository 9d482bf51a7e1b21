import { describe, expect, test } from 'vitest'
import { type PackEntry, packManyEntries, packZip } from '../fixtures/pack-zip.ts'
import { DIRECTORY_BYTES_MAX, TAIL_BYTES_MAX } from '../limits.ts'
import { type ByteSource, fromBytes } from './byte-source.ts'
import { readZip } from './zip.ts'
import { CENTRAL_BYTES } from './zip-end.ts'
import { LOCAL_BYTES } from './zip-layout.ts'

const END_BYTES = 22

const text = new TextEncoder().encode('rs1\t1\t1\tAA\r\n'.repeat(8))
const NAME = 'genome.txt'
const member: PackEntry = { name: NAME, bytes: text }

/** Counts what is read of a source. */
function counting(bytes: Uint8Array): ByteSource & { read: ByteSource['read']; bytesRead(): number } {
  const source = fromBytes(bytes)
  let total = 0
  return {
    size: source.size,
    bytesRead: () => total,
    async read(start, end) {
      const piece = await source.read(start, end)
      total += piece.length
      return piece
    },
  }
}

describe('the structure of an archive', () => {
  test('says where the one member lies and what it claims to be', async () => {
    const { members, faults, container } = await readZip(fromBytes(await packZip([member])), 'strict')
    expect(faults).toEqual([])
    expect(container).toBe('original')
    expect(members).toMatchObject([{ offset: 0, dataStart: 30 + 'genome.txt'.length, size: text.length }])
  })

  test('has all of its faults named at once, the most helpful first', async () => {
    const bytes = await packZip([
      { ...member, name: '../genome.txt', both: { method: 12 } },
      { name: '__MACOSX/._genome.txt', bytes: text, local: { size: 1 } },
    ])
    const { faults } = await readZip(fromBytes(bytes), 'strict')
    expect(faults.map(({ detail }) => detail)).toEqual([
      'headers_disagree',
      'unsafe_name',
      'repacked_macos',
      'compression_method',
    ])
  })

  test('is called damaged before anything else when a bit of a name or a flag is flipped in one of its two headers', async () => {
    const bytes = await packZip([member])
    const directory = bytes.length - END_BYTES - NAME.length - CENTRAL_BYTES
    const nameOf = (header: number) => Array.from(NAME, (_, n) => header + n)
    const places = [6, 7, ...nameOf(LOCAL_BYTES), directory + 8, ...nameOf(directory + CENTRAL_BYTES)]
    const reproaches: unknown[] = []
    for (const [at, bit] of places.flatMap((at) =>
      Array.from({ length: 8 }, (_, bit) => [at, bit] as const),
    )) {
      const damaged = bytes.slice()
      damaged[at]! ^= 1 << bit
      for (const policy of ['strict', 'forgiving'] as const) {
        const [first] = (await readZip(fromBytes(damaged), policy)).faults
        if (first && first.reason !== 'zip_damaged') reproaches.push({ at, bit, policy, first })
      }
    }
    expect(reproaches).toEqual([])
  })

  test('lists members largest first, without litter and folders', async () => {
    const entries = [
      { name: 'a/', bytes: new Uint8Array(0), stored: true },
      { name: 'a/small.txt', bytes: text.subarray(0, 12) },
      { name: 'a/large.txt', bytes: text },
      { name: '.DS_Store', bytes: text },
    ]
    const { members } = await readZip(fromBytes(await packZip(entries)), 'strict')
    expect(members.map(({ size }) => size)).toEqual([text.length, 12])
  })
})

describe('reading stays bounded', () => {
  const tiny = (n: number): PackEntry => ({ name: `${n}`, bytes: new Uint8Array(0), stored: true })

  test('for 240,000 entries: no directory is read at all', async () => {
    const source = counting(await packManyEntries(240_000))
    const { faults } = await readZip(source, 'strict')
    expect(faults.map(({ detail }) => detail)).toEqual(['too_many_entries', 'directory_too_large'])
    expect(source.bytesRead()).toBeLessThanOrEqual(TAIL_BYTES_MAX)
  })

  test('for as many entries as we read: no byte of a header is read twice', async () => {
    const entries = Array.from({ length: 1_000 }, (_, n) => tiny(n))
    const bytes = await packZip(entries)
    const source = counting(bytes)
    await readZip(source, 'strict')
    expect(source.bytesRead()).toBeLessThanOrEqual(TAIL_BYTES_MAX + DIRECTORY_BYTES_MAX + bytes.length)
  })

  test('for entries that share bytes: no local header is read', async () => {
    const entries = Array.from({ length: 500 }, (_, n) => ({ ...tiny(n), central: { offset: 0 } }))
    const bytes = await packZip(entries)
    const source = counting(bytes)
    const { faults, members } = await readZip(source, 'strict')
    expect(faults[0]).toEqual({ reason: 'zip_unsafe', detail: 'overlapping' })
    expect(members).toEqual([])
    expect(source.bytesRead()).toBeLessThanOrEqual(TAIL_BYTES_MAX + bytes.length)
  })

  test('for a tail full of end records', async () => {
    const record = Uint8Array.of(0x50, 0x4b, 5, 6)
    const bytes = new Uint8Array(200_000)
    for (let at = 0; at < bytes.length; at += record.length) bytes.set(record, at)
    const source = counting(bytes)
    expect((await readZip(source, 'strict')).faults[0]).toMatchObject({ reason: 'zip_damaged' })
    expect(source.bytesRead()).toBe(TAIL_BYTES_MAX)
  })
})
