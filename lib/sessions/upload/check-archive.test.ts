import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import type { ArchiveVerdict } from '#lib/genotype/archive-check.ts'
import { oddArchives } from '#lib/genotype/fixtures/odd-archives.ts'
import { deflate, packZip } from '#lib/genotype/fixtures/pack-zip.ts'
import { soundArchives } from '#lib/genotype/fixtures/sound-archives.ts'
import { synthesizeExport } from '#lib/genotype/fixtures/synthesize-export.ts'
import type { Policy } from '#lib/genotype/verdict.ts'
import { checkArchive } from './check-archive.ts'

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
