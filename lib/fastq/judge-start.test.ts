import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { judgeStart, START_TEXT_BYTES_MAX } from './judge-start.ts'

const record = (n: number, bases = 'ACGTN') => `@read${n}\n${bases}\n+\n${'I'.repeat(bases.length)}\n`
const records = (count: number, bases?: string) =>
  Array.from({ length: count }, (_, n) => record(n, bases)).join('')

/** What BGZF is: small gzip members, each with a field of its own, one after the other, and an empty one at the end. */
const inMembers = (text: string, size: number) =>
  Buffer.concat([
    ...Array.from({ length: Math.ceil(text.length / size) }, (_, n) =>
      gzipSync(text.slice(n * size, (n + 1) * size)),
    ),
    gzipSync(''),
  ])

const judgeWhole = (bytes: Uint8Array) => judgeStart(bytes, { whole: true, rNotation: 'R1' })

test('gzip and BGZF of FASTQ are taken, whole or cut off anywhere, whatever the members hold', async () => {
  const text = records(800, 'ACGTNRYacgt'.repeat(10))
  for (const packed of [
    gzipSync(text),
    inMembers(text, 65_280),
    inMembers(text, 7),
    Buffer.concat([gzipSync(''), gzipSync(text)]),
  ]) {
    expect(await judgeWhole(packed)).toBeUndefined()
    for (const at of [18, 30, 100, 1_000, 65_536]) {
      const refusal = await judgeStart(packed.subarray(0, at), { whole: false, rNotation: 'R1' })
      expect([at, refusal === undefined || refusal]).toEqual([at, true])
    }
  }
})

test('a first record that is longer than what is looked at is taken, and a last line without an end', async () => {
  const long = gzipSync(record(1, 'ACGT'.repeat(200_000)))
  expect(await judgeWhole(long)).toBeUndefined()
  expect(await judgeWhole(gzipSync(record(1).trimEnd()))).toBeUndefined()
})

test.each([
  ['empty', Buffer.alloc(0)],
  ['empty', gzipSync('')],
  ['not compressed', Buffer.from(records(3))],
  ['web page', Buffer.from('<!DOCTYPE html><html>')],
  ['web page', Buffer.from('<?xml version="1.0"?><Error>')],
  ['not gzip', Buffer.from('PK\u0003\u0004 something')],
  [
    'damaged',
    Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0]), Buffer.from('no deflate at all')]),
  ],
  ['FASTA', gzipSync('>chr1\nACGT\n')],
  ['R1, line 1 (read 1): a read must begin', gzipSync('hello\nACGT\n+\nIIII\n')],
  ['a read must begin', gzipSync('@\nACGT\n+\nIIII\n')],
  ['no letter for a base', gzipSync('@a\nAC GT\n+\nIIIII\n')],
  ['no letter for a base', gzipSync('@HD\tVN:1.6\n@SQ\tSN:chr1\n@SQ\tSN:chr2\n')],
  ['line 3 (read 1)', gzipSync('@a\nACGT\nACGT\n+\n')],
  ['qualities hold', gzipSync('@a\nACGT\n+\nII\u0007I\n')],
  ['different lengths', gzipSync('@a\nACGT\n+\nIII\n@b\nA\n+\nI\n')],
  ['as on Windows', gzipSync('@a\r\nACGT\r\n+\r\nIIII\r\n')],
  ['ends in the middle', gzipSync('@a\nACGT\n')],
  ['other file of the pair', gzipSync('@a/2\nACGT\n+\nIIII\n')],
])('the refusal says what it is: %s', async (words, bytes) => {
  expect(await judgeWhole(bytes)).toContain(words)
})

test('what inflates to a thousand times its size is looked at no further than any other', async () => {
  const sound = record(1, 'A'.repeat(100)).repeat(1_000)
  expect(sound.length).toBeGreaterThan(START_TEXT_BYTES_MAX)
  const bomb = gzipSync(`${sound}what no run takes${'A'.repeat(30_000_000)}`, { level: 9 })
  expect(bomb.length).toBeLessThan(65_536)
  expect(await judgeWhole(bomb)).toBeUndefined()
  expect(await judgeWhole(gzipSync(`${record(1)}what no run takes`))).toContain('a read must begin')
})

test('any bytes get an answer that shows none of them', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 300 }),
      fc.boolean(),
      fc.boolean(),
      async (bytes, pack, whole) => {
        const marked = Buffer.concat([Buffer.from('zq9MARKER'), bytes])
        expect(
          (await judgeStart(pack ? gzipSync(marked) : marked, { whole, rNotation: 'R1' })) ?? '',
        ).not.toContain('zq9')
        await judgeStart(Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 0]), bytes]), { whole, rNotation: 'R1' })
      },
    ),
    { numRuns: 40 },
  )
})
