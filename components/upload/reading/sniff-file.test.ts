import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { oddArchives } from '#lib/genotype/fixtures/odd-archives.ts'
import { deflate, packZip } from '#lib/genotype/fixtures/pack-zip.ts'
import { soundArchives } from '#lib/genotype/fixtures/sound-archives.ts'
import { synthesizeExport } from '#lib/genotype/fixtures/synthesize-export.ts'
import { FILE_BYTES_MAX } from '#lib/genotype/limits.ts'
import type { Policy } from '#lib/genotype/verdict.ts'
import { sniffFile } from './sniff-file.ts'

const exported = synthesizeExport({ vendor: '23andme', rows: 4_000, seed: 1 })
const named = { name: exported.innerName, bytes: exported.text }
const genuine = await packZip([named])
const sound = await soundArchives(exported)
const odd = await oddArchives(exported)
const refusedByPage = odd.filter(({ whole }) => !whole)

async function sniff(bytes: Uint8Array<ArrayBuffer>, policy: Policy = 'strict') {
  return (await sniffFile(new File([bytes], 'export.zip'), policy)).verdict
}

test.each(sound)('accepted as a vendor packs it: $name', async ({ bytes }) => {
  expect(await sniff(bytes)).toMatchObject({
    ok: true,
    accepted: { vendor: '23andme', container: 'original' },
  })
})

test.each(refusedByPage)('refused before a byte leaves the page: $name', async ({ bytes, fault }) => {
  const verdict = await sniff(bytes)
  expect(verdict.ok ? 'accepted' : verdict.faults[0]).toEqual(fault)
})

test.each(odd.filter(({ whole }) => whole))('left to the server: $name', async ({ bytes }) => {
  expect(await sniff(bytes)).toMatchObject({ ok: true })
})

describe('reading the file', () => {
  test('the bytes are returned with the verdict, unchanged', async () => {
    const { bytes } = await sniffFile(new File([genuine], 'export.zip'), 'strict')
    expect(bytes).toEqual(genuine)
  })

  test('a file that is too large is refused unread', async () => {
    const file = new File([new Uint8Array(FILE_BYTES_MAX + 1)], 'export.zip')
    const read = vi.spyOn(file, 'arrayBuffer')
    const { verdict, bytes } = await sniffFile(file, 'strict')
    expect(verdict).toEqual({ ok: false, faults: [{ reason: 'file_too_large' }] })
    expect(bytes).toBeUndefined()
    expect(read).not.toHaveBeenCalled()
  })

  test('a file of exactly the allowed size is read', async () => {
    const verdict = await sniff(new Uint8Array(FILE_BYTES_MAX))
    expect(verdict).toMatchObject({ ok: false, faults: [{ reason: 'not_a_zip' }] })
  })

  test('a file without bytes is empty', async () => {
    expect(await sniff(new Uint8Array(0))).toEqual({ ok: false, faults: [{ reason: 'file_empty' }] })
  })

  test('a file that the browser cannot read is reported as unreadable', async () => {
    const file = new File([genuine], 'export.zip')
    vi.spyOn(file, 'arrayBuffer').mockRejectedValue(new DOMException('gone', 'NotReadableError'))
    expect(await sniffFile(file, 'strict')).toEqual({
      verdict: { ok: false, faults: [{ reason: 'file_unreadable' }] },
    })
  })
})

describe('bare text', () => {
  test('bare text is recognised as such', async () => {
    const verdict = await sniff(new Uint8Array(exported.text))
    expect(verdict).toEqual({ ok: false, faults: [{ reason: 'not_a_zip', detail: 'raw_text_23andme' }] })
  })

  test('bare text is accepted by a forgiving project, and marked', async () => {
    const verdict = await sniff(new Uint8Array(exported.text), 'forgiving')
    expect(verdict).toMatchObject({ ok: true, accepted: { vendor: '23andme', container: 'bare' } })
  })

  test('bare text that is not an export is refused even by a forgiving project', async () => {
    const verdict = await sniff(new TextEncoder().encode('milk\r\nbread\r\n'), 'forgiving')
    expect(verdict).toEqual({ ok: false, faults: [{ reason: 'not_a_zip', detail: 'raw_text' }] })
  })
})

describe('gzip', () => {
  const gzipped = async (text: string) => {
    const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))
    return new Uint8Array(await new Response(stream).arrayBuffer())
  }
  const detailOf = async (bytes: Uint8Array<ArrayBuffer>) => {
    const verdict = await sniff(bytes)
    return verdict.ok ? 'accepted' : verdict.faults[0].detail
  }
  const rows = `RSID,CHROMOSOME,POSITION,RESULT\n${'"rs1","1","1000","AA"\n'.repeat(50)}`

  test('gzip of FamilyTreeDNA is recognised, even with a file name in its header', async () => {
    const bytes = await gzipped(rows)
    expect(await detailOf(bytes)).toBe('gzip_familytreedna')
    const name = new TextEncoder().encode('x.csv\0')
    const withName = new Uint8Array([...bytes.subarray(0, 10), ...name, ...bytes.subarray(10)])
    withName[3] = 1 << 3
    expect(await detailOf(withName)).toBe('gzip_familytreedna')
  })

  test('any other gzip is reported as gzip, even with an endless header', async () => {
    expect(await detailOf(await gzipped('milk\n'))).toBe('gzip')
    const endless = new Uint8Array(100_000).fill(0x61)
    endless.set([0x1f, 0x8b, 8, 1 << 3])
    expect(await detailOf(endless)).toBe('gzip')
    expect(await detailOf(Uint8Array.of(0x1f, 0x8b))).toBe('gzip')
  })
})

test('every fault of the container has an archive here', () => {
  const reached = new Set(odd.map(({ fault }) => fault.detail ?? fault.reason))
  expect([...reached].sort()).toEqual([
    'bomb',
    'checksum',
    'compression_method',
    'directory_too_large',
    'empty_archive',
    'extra_files',
    'headers_disagree',
    'hidden_data',
    'inflate_failed',
    'nested_archive',
    'nothing_alike',
    'office_document',
    'overlapping',
    'repacked_folder',
    'repacked_macos',
    'several_genotype_files',
    'special_file',
    'too_many_entries',
    'truncated',
    'unsafe_name',
    'zip_encrypted',
    'zipped_twice',
  ])
})

describe('a forgiving project', () => {
  const repacked = ['packed by Finder', 'with a .DS_Store', 'in a folder', 'in a folder without an entry']
  const forgiven = odd.filter(({ name }) => repacked.includes(name))

  test.each(forgiven)('accepts and marks an archive that is $name', async ({ bytes }) => {
    expect(await sniff(bytes, 'forgiving')).toMatchObject({ ok: true, accepted: { container: 'repacked' } })
  })

  test.each(refusedByPage.filter((one) => !forgiven.includes(one)))(
    'still refuses: $name',
    async ({ bytes, fault }) => {
      const verdict = await sniff(bytes, 'forgiving')
      expect(verdict.ok ? 'accepted' : verdict.faults[0]).toEqual(fault)
    },
  )

  test('a forgiving project does not look into nested folders', async () => {
    const deep = await packZip([{ ...named, name: `a/b/${exported.innerName}` }])
    expect(await sniff(deep, 'forgiving')).toMatchObject({
      ok: false,
      faults: [{ reason: 'archive_modified', detail: 'repacked_folder' }],
    })
  })
})

describe('any bytes', () => {
  test('there is a verdict wherever a genuine archive is cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: genuine.length - 1 }), async (length) => {
        expect((await sniff(genuine.slice(0, length))).ok).toBe(false)
      }),
    )
  })

  test('there is a verdict whatever bytes of an archive are changed', async () => {
    const change = fc.record({
      // Headers are few among many packed bytes: half of the changes aim at them.
      at: fc.oneof(
        fc.integer({ min: 0, max: 120 }),
        fc.integer({ min: 1, max: 180 }).map((back) => -back),
        fc.nat({ max: genuine.length - 1 }),
      ),
      byte: fc.oneof(fc.constantFrom(0, 1, 255), fc.nat({ max: 255 })),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
        const bytes = genuine.slice()
        for (const { at, byte } of changes) bytes[at < 0 ? bytes.length + at : at] = byte
        const verdict = await sniff(bytes)
        expect(verdict.ok || verdict.faults.length > 0).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  test('no name and no row ever gets into a verdict', async () => {
    const bytes = await packZip([
      { ...named, name: '../marker-in-a-name.txt' },
      { ...named, name: 'marker.txt' },
    ])
    expect(JSON.stringify(await sniff(bytes))).not.toContain('marker')
  })
})

test('a text that would inflate beyond reason is refused, however well it begins', async () => {
  const padded = new Uint8Array(6_000_000)
  padded.set(exported.text.subarray(0, 20_000))
  const packed = await deflate(padded)
  const bytes = await packZip([{ ...named, packed, both: { size: packed.length * 15 } }])
  expect(await sniff(bytes)).toMatchObject({ ok: false, faults: [{ reason: 'zip_unsafe', detail: 'bomb' }] })
})
