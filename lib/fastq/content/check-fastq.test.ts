import { createHash } from 'node:crypto'
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createThreads } from '#lib/platform/threads.ts'
import { synthesizeFastq } from '../fixtures/synthesize-fastq.ts'
import { checkFastq, type FastqVerdict } from './check-fastq.ts'
import { FileGrowth } from './file-growth.ts'

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'arraydrop-fastq-'))
})
afterAll(() => rm(directory, { recursive: true, force: true }))

let made = 0
async function fileOf(bytes: Uint8Array): Promise<string> {
  const file = path.join(directory, `${++made}.fastq.gz`)
  await writeFile(file, bytes)
  return file
}

/** The verdict on files that are whole. */
async function check(...files: Uint8Array[]): Promise<FastqVerdict> {
  const growth = FileGrowth.of(files.length)
  const paths = await Promise.all(files.map(fileOf))
  for (const [at, file] of files.entries()) growth.finish(at, file.length)
  return checkFastq({ paths, growth: growth.shared })
}

const READS = 2_000
const r1 = synthesizeFastq({ reads: READS })
const r2 = synthesizeFastq({ reads: READS, mate: 2 })
const packed = gzipSync(r1)

test.each([1, 9, 512, 700_000])(
  '%i zeros behind the end are padding, as gzip -t accepts it',
  async (zeros) => {
    const bytes = Buffer.concat([packed, new Uint8Array(zeros)])
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    expect(await check(bytes)).toMatchObject({ ok: true, files: [{ sha256, summary: { reads: READS } }] })
  },
)

test('a file is counted, and its packed bytes are hashed', async () => {
  const verdict = await check(packed)
  expect(verdict).toMatchObject({
    ok: true,
    files: [
      {
        size: packed.length,
        sha256: createHash('sha256').update(packed).digest('hex'),
        summary: { reads: READS, bases: READS * 150, length: { min: 150, max: 150, mean: 150, median: 150 } },
      },
    ],
  })
})

test('any number of members, empty ones and those of BGZF too, are one file', async () => {
  const members: Uint8Array[] = []
  for (let at = 0; at < r1.length; at += 30_011) members.push(gzipSync(r1.subarray(at, at + 30_011)))
  const empty = gzipSync(new Uint8Array())
  const verdict = await check(Buffer.concat([empty, ...members, empty]))
  expect(verdict).toMatchObject({ ok: true, files: [{ summary: { reads: READS } }] })
})

test('a pair is counted in step, and packed differently it is the same pair', async () => {
  const verdict = await check(packed, gzipSync(r2, { level: 1 }))
  expect(verdict).toMatchObject({
    ok: true,
    files: [{ summary: { reads: READS } }, { summary: { reads: READS } }],
  })
})

describe('refused', () => {
  const flipped = (at: number) => packed.map((byte, index) => (index === at ? byte ^ 0x40 : byte))
  test.each([
    ['nothing', new Uint8Array(), 'empty'],
    ['a packed nothing', gzipSync(new Uint8Array()), 'empty'],
    ['a bare FASTQ file', r1, 'not_gzip'],
    ['one byte', packed.subarray(0, 1), 'gzip_damaged'],
    ['a file that was cut off', packed.subarray(0, -100), 'gzip_damaged'],
    ['a file cut off in its last checksum', packed.subarray(0, -4), 'gzip_damaged'],
    ['a wrong checksum', flipped(packed.length - 6), 'gzip_damaged'],
    [
      'zeros behind the end, and then something else',
      Buffer.concat([packed, new Uint8Array(9), Buffer.of(1)]),
      'trailing_bytes',
    ],
    [
      'zeros and another member behind the end',
      Buffer.concat([packed, new Uint8Array(600_000), packed]),
      'trailing_bytes',
    ],
    ['text behind the end', Buffer.concat([packed, Buffer.from('and more')]), 'gzip_damaged'],
    ['a packed text', gzipSync('>chr1\nACGT\n'), 'name_line'],
  ])('%s', async (_what, bytes, code) => {
    expect(await check(bytes)).toMatchObject({ ok: false, fault: { code, file: 'R1' } })
  })

  test('a pair with a read more on either side, at the read that has none beside it', async () => {
    const more = Buffer.concat([r2, synthesizeFastq({ reads: 1, mate: 2, first: READS + 1 })])
    expect(await check(packed, gzipSync(more))).toEqual({
      ok: false,
      fault: { code: 'counts_differ', file: 'R2', read: READS + 1, line: READS * 4 + 1 },
    })
    const fewer = synthesizeFastq({ reads: READS - 700, mate: 2 })
    expect(await check(packed, gzipSync(fewer))).toMatchObject({
      fault: { code: 'counts_differ', file: 'R1', read: READS - 699 },
    })
  })

  test('a pair out of step, at the first read that differs', async () => {
    const parts = [
      { reads: 1_234, first: 1 },
      { reads: READS - 1_234, first: 1_236 },
    ]
    const shifted = Buffer.concat(parts.map((part) => synthesizeFastq({ ...part, mate: 2 })))
    expect(await check(packed, gzipSync(shifted))).toMatchObject({
      fault: { code: 'names_differ', read: 1_235 },
    })
  })

  test('the same file twice, and a pair in the wrong order', async () => {
    expect(await check(packed, packed)).toMatchObject({ fault: { code: 'other_mate', file: 'R2', read: 1 } })
    expect(await check(gzipSync(r2), packed)).toMatchObject({ fault: { code: 'other_mate', read: 1 } })
  })

  test('the second file of a pair, by its own fault', async () => {
    expect(await check(packed, packed.subarray(0, -100))).toMatchObject({ fault: { file: 'R2' } })
  })
})

test('a file is read while it grows, in a thread, and the other one of the pair may be late', async () => {
  const growth = FileGrowth.of(2)
  const paths = await Promise.all([fileOf(new Uint8Array()), fileOf(new Uint8Array())])
  const threads = createThreads({ threadsMax: 1 })
  const thread = new URL('./check-fastq-thread.ts', import.meta.url)
  const outcome = threads.run(thread, { paths, growth: growth.shared }, { seconds: 60, heapMegabytes: 64 })
  for (const [at, bytes] of [packed, gzipSync(r2)].entries()) {
    for (let from = 0; from < bytes.length; from += 50_000) {
      await appendFile(paths[at]!, bytes.subarray(from, from + 50_000))
      growth.grow(at, Math.min(from + 50_000, bytes.length))
      await wait(1)
    }
    growth.finish(at, bytes.length)
  }
  expect(await outcome).toMatchObject({
    end: 'answered',
    answer: { ok: true, files: [{ size: packed.length }, { summary: { reads: READS } }] },
  })
})

test('a fault is reported while the rest of the file is still on its way', async () => {
  const growth = FileGrowth.of(1)
  const bytes = gzipSync(Buffer.concat([r1, Buffer.from('>no read\n'), r1]))
  const paths = [await fileOf(bytes)]
  growth.grow(0, bytes.length - 20_000)
  expect(await checkFastq({ paths, growth: growth.shared })).toMatchObject({
    fault: { code: 'name_line', line: READS * 4 + 1 },
  })
})
