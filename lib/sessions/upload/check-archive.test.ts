import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import type { ArchiveVerdict } from '#lib/genotype/archive-check.ts'
import { oddArchives } from '#lib/genotype/fixtures/odd-archives.ts'
import { concat, deflate, packZip } from '#lib/genotype/fixtures/pack-zip.ts'
import { seededRandom } from '#lib/genotype/fixtures/seeded-random.ts'
import { soundArchives } from '#lib/genotype/fixtures/sound-archives.ts'
import { synthesizeExport } from '#lib/genotype/fixtures/synthesize-export.ts'
import { inspectArchive } from '#lib/genotype/sniff-archive.ts'
import { VENDORS } from '#lib/genotype/vendors.ts'
import type { Policy, Verdict } from '#lib/genotype/verdict.ts'
import { fromBytes } from '#lib/genotype/zip/byte-source.ts'
import { checkArchive } from './check-archive.ts'
import { ZLIB_INFLATER } from './inflate-with-zlib.ts'

const rowsMin = 1_000
const exported = synthesizeExport({ vendor: '23andme', rows: 4_000, seed: 1 })
const named = { name: exported.innerName, bytes: exported.text }
const genuine = await packZip([named])
const sound = await soundArchives(exported)
const odd = await oddArchives(exported)
const folder = await mkdtemp(path.join(tmpdir(), 'arraydrop-check-'))

afterAll(() => rm(folder, { recursive: true }))

let files = 0
async function check(bytes: Uint8Array, policy: Policy = 'strict'): Promise<ArchiveVerdict> {
  const file = path.join(folder, `${files++}`)
  await writeFile(file, bytes)
  return checkArchive(file, { policy, rowsMin })
}

/** Runs of each kind of damage; more of them look harder. */
const SEEDS = Number(process.env.ARRAYDROP_SEEDS ?? 3)
const shownOf = (verdict: Verdict<unknown>) => (verdict.ok ? 'accepted' : verdict.faults[0].reason)
const shown = (verdict: ArchiveVerdict) => (verdict.ok ? 'accepted' : verdict.faults[0])

test.each(sound)('a vendor may pack it so: $name', async ({ bytes }) => {
  expect(await check(bytes)).toMatchObject({
    ok: true,
    accepted: { vendor: '23andme', container: 'original', summary: { rows: exported.truth.rows } },
  })
})

test.each(odd)('refused: $name', async ({ bytes, fault }) => {
  expect(shown(await check(bytes))).toEqual(fault)
})

describe('what shifts or lengthens an archive is damage, at the page and on the server', () => {
  const splice = (bytes: Uint8Array, at: number, ...more: Uint8Array[]) =>
    concat(bytes.subarray(0, at), ...more, bytes.subarray(at))
  /** `random` chooses places; each kind adds or removes bytes, and none changes what is listed. */
  const KINDS: Record<string, (bytes: Uint8Array, random: () => number) => Uint8Array> = {
    'the start stands twice': (bytes, random) =>
      concat(bytes.subarray(0, 1 + Math.floor(random() * (bytes.length - 1))), bytes),
    'continued too early': (bytes, random) => {
      const from = Math.floor(random() * (bytes.length - 1))
      return concat(bytes, bytes.subarray(from))
    },
    'a block doubled': (bytes, random) => {
      const length = 512 * (1 + Math.floor(random() * 8))
      const at = Math.floor(random() * (bytes.length - length))
      return splice(bytes, at, bytes.subarray(at, at + length))
    },
    'the last block doubled': (bytes, random) =>
      concat(bytes, bytes.subarray(-1 - Math.floor(random() * 4_000))),
    'a block lost': (bytes, random) => {
      const at = Math.floor(random() * (bytes.length - 600))
      return concat(bytes.subarray(0, at), bytes.subarray(at + 512))
    },
    'bytes lost in the end records': (bytes, random) => {
      const at = bytes.length - 20 - Math.floor(random() * 70)
      return concat(bytes.subarray(0, at), bytes.subarray(at + 1 + Math.floor(random() * 8)))
    },
    'bytes gained in the end records': (bytes, random) => {
      const at = bytes.length - 1 - Math.floor(random() * 90)
      // Just in front of the record they would be hidden as anything else is.
      return splice(bytes, at === bytes.length - 22 ? at + 1 : at, bytes.subarray(99, 107))
    },
    'line ends rewritten': (bytes) =>
      Buffer.from(Buffer.from(bytes).toString('latin1').replaceAll('\n', '\r\n'), 'latin1'),
    'read as UTF-8': (bytes) => new TextEncoder().encode(new TextDecoder('utf-8').decode(bytes)),
    'padded with zeros': (bytes) => concat(bytes, new Uint8Array(512)),
    'zeros in the middle': (bytes, random) =>
      splice(bytes, Math.floor(random() * bytes.length), new Uint8Array(512)),
  }
  const PACKINGS = [{}, { zip64End: true as const }, { zip64End: 'unsaturated' as const }]

  test.each(VENDORS)('%s', async (vendor) => {
    const { innerName: name, text } = synthesizeExport({ vendor, rows: 1_200, seed: 9 })
    const wrong: unknown[] = []
    for (const quirks of PACKINGS) {
      const bytes = await packZip([{ name, bytes: text }], quirks)
      for (const [kind, damage] of Object.entries(KINDS)) {
        for (let seed = 1; seed <= SEEDS; seed++) {
          const damaged = damage(bytes, seededRandom(seed))
          const verdict = await inspectArchive(fromBytes(damaged), ZLIB_INFLATER, 'strict')
          const said = shownOf(verdict)
          if (said !== 'zip_damaged') wrong.push({ kind, quirks, seed, said })
        }
      }
    }
    expect(wrong).toEqual([])
  })

  test('what hides something stays unsafe: a program in front, a page or another archive behind or between', async () => {
    const program = new TextEncoder().encode('#!/bin/sh\nexit 0\n')
    const last = genuine.length - 22
    for (const hiding of [
      concat(program, genuine),
      await packZip([{ ...named, central: { offset: program.length } }], {
        prefix: program,
        directoryOffset: genuine.length - 22 - 46 - named.name.length + program.length,
      }),
      concat(genuine, new TextEncoder().encode('<html></html>')),
      concat(genuine, await packZip([{ name: 'b.txt', bytes: program }])),
      splice(genuine, last, program),
      splice(genuine, last, new Uint8Array(64), program),
    ])
      expect(shown(await check(hiding))).toEqual({ reason: 'zip_unsafe', detail: 'hidden_data' })
  })
})

describe('reading to the end', () => {
  const spoilt = (at: number): Uint8Array => {
    const bytes = genuine.slice()
    bytes[at]! ^= 0xff
    return bytes
  }

  test('no changed byte of the packed text gets through', async () => {
    const start = 30 + exported.innerName.length
    const end = genuine.length - 22 - 46 - exported.innerName.length
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: start, max: end - 1 }), async (at) => {
        expect(await check(spoilt(at))).toMatchObject({ ok: false })
      }),
      { numRuns: 60 },
    )
  })

  test('text that claims to be less than it is is not read on', async () => {
    const { length } = exported.text
    const long = new Uint8Array(length + 500_000)
    long.set(exported.text)
    const packed = await deflate(long)
    const verdict = await check(await packZip([{ ...named, packed, both: { size: length } }]))
    expect(verdict).toMatchObject({ ok: false, faults: [{ reason: 'zip_damaged' }] })
  })

  test('a repacked archive is read at the one member, when the project forgives', async () => {
    const litter = { name: `__MACOSX/._${exported.innerName}`, bytes: Uint8Array.of(0, 5, 22, 7) }
    const verdict = await check(await packZip([litter, named]), 'forgiving')
    expect(verdict).toMatchObject({
      ok: true,
      accepted: { container: 'repacked', summary: { rows: exported.truth.rows } },
    })
  })

  test('bare text is read without a container, when the project forgives', async () => {
    expect(await check(exported.text, 'forgiving')).toMatchObject({
      ok: true,
      accepted: { container: 'bare', summary: { rows: exported.truth.rows } },
    })
    expect(shown(await check(exported.text))).toEqual({ reason: 'not_a_zip', detail: 'raw_text_23andme' })
  })

  test('any bytes give a verdict', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ at: fc.nat({ max: genuine.length - 1 }), byte: fc.nat({ max: 255 }) }), {
          minLength: 1,
          maxLength: 4,
        }),
        fc.integer({ min: 1, max: genuine.length }),
        async (changes, length) => {
          const bytes = genuine.slice()
          for (const { at, byte } of changes) bytes[at] = byte
          const verdict = await check(bytes.subarray(0, length))
          expect(verdict.ok || verdict.faults.length > 0).toBe(true)
        },
      ),
      { numRuns: 150 },
    )
  })
})

test('a file that is not there is no verdict about a person’s file', async () => {
  await expect(checkArchive(path.join(folder, 'none'), { policy: 'strict', rowsMin })).rejects.toThrow(
    'ENOENT',
  )
})
