import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { judgeStart } from './judge-start.ts'

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

const judgeWhole = (bytes: Uint8Array) => judgeStart(bytes, { whole: true })

test('gzip and BGZF of FASTQ are taken, whole or cut off anywhere, whatever the members hold', async () => {
  const text = records(2_000, 'ACGTNRYacgt.-'.repeat(10))
  for (const packed of [
    gzipSync(text),
    inMembers(text, 65_280),
    inMembers(text, 7),
    Buffer.concat([gzipSync(''), gzipSync(text)]),
  ]) {
    expect(await judgeWhole(packed)).toBeUndefined()
    for (const at of [18, 30, 100, 1_000, 65_536]) {
      const refusal = await judgeStart(packed.subarray(0, at), { whole: false })
      expect([at, refusal === undefined || refusal]).toEqual([at, true])
    }
  }
})

test('a first record that is longer than what is looked at is taken, and so are Windows line ends', async () => {
  const long = gzipSync(record(1, 'ACGT'.repeat(200_000)))
  expect(await judgeWhole(long)).toBeUndefined()
  expect(await judgeWhole(gzipSync(records(3).replaceAll('\n', '\r\n')))).toBeUndefined()
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
  ['first line', gzipSync('hello\nACGT\n+\nIIII\n')],
  ['first line', gzipSync('\n@a\nACGT\n+\nIIII\n')],
  ['second line', gzipSync('@a\nAC GT\n+\nIIIII\n')],
  ['second line', gzipSync('@HD\tVN:1.6\n@SQ\tSN:chr1\n')],
  ['third line', gzipSync('@a\nACGT\nACGT\n+\n')],
  ['fourth line', gzipSync('@a\nACGT\n+\nII\u0007I\n')],
  ['as many qualities', gzipSync('@a\nACGT\n+\nIII\n@b\n')],
  ['ends within', gzipSync('@a\nACGT\n')],
  ['ends within', gzipSync('@a\nACGT\n+\n')],
])('the refusal says what it is: %s', async (words, bytes) => {
  expect(await judgeWhole(bytes)).toContain(words)
})

test('what inflates to a thousand times its size is looked at no further than any other', async () => {
  const bomb = gzipSync(Buffer.alloc(60_000_000, 'A'), { level: 9 })
  expect(bomb.length).toBeLessThan(65_536)
  const before = process.memoryUsage().arrayBuffers
  expect(await judgeWhole(bomb)).toContain('first line')
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16_000_000)
})

test('any bytes get an answer that shows none of them', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 300 }),
      fc.boolean(),
      fc.boolean(),
      async (bytes, pack, whole) => {
        const marked = Buffer.concat([Buffer.from('zq9MARKER'), bytes])
        expect((await judgeStart(pack ? gzipSync(marked) : marked, { whole })) ?? '').not.toContain('zq9')
        await judgeStart(Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 0]), bytes]), { whole })
      },
    ),
  )
})
