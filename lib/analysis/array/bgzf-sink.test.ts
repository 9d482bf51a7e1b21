import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { BGZF_BLOCK_BYTES } from './bgzf-sink.ts'
import { withBgzf } from './with-file.ts'

const file = path.join(await mkdtemp(path.join(tmpdir(), 'arraydrop-bgzf-')), 'packed.gz')
afterAll(() => rm(path.dirname(file), { recursive: true }))

/** Pack a text that is handed over in pieces; answers where its blocks start. */
const pack = (pieces: Uint8Array[]): Promise<number[]> =>
  withBgzf(file, async (sink) => {
    for (const piece of pieces) await sink.write(piece)
    return sink.blockStarts
  })

const pieces = fc.array(
  fc.oneof(
    fc.uint8Array({ maxLength: 2_000 }),
    fc.integer({ min: 1, max: 3 * BGZF_BLOCK_BYTES }).map((length) => new Uint8Array(length).fill(0x41)),
    fc.constant(new Uint8Array(BGZF_BLOCK_BYTES).fill(0x42)),
  ),
  { maxLength: 6 },
)

test('any text comes back whole, each block by itself, however it was handed over', async () => {
  await fc.assert(
    fc.asyncProperty(pieces, async (parts) => {
      const text = Buffer.concat(parts)
      const starts = await pack(parts)
      const packed = await readFile(file)
      expect(gunzipSync(packed).equals(text)).toBe(true)
      expect(starts).toHaveLength(Math.ceil(text.length / BGZF_BLOCK_BYTES) + 1)
      for (const [n, start] of starts.entries()) {
        const length = packed.readUInt16LE(start + 16) + 1
        expect(start + length).toBe(starts[n + 1] ?? packed.length)
        const from = n * BGZF_BLOCK_BYTES
        const block = gunzipSync(packed.subarray(start, start + length))
        expect(block.equals(text.subarray(from, from + BGZF_BLOCK_BYTES))).toBe(true)
      }
    }),
    { numRuns: 40 },
  )
})

test('a file ends with the mark by which readers know that it is whole', async () => {
  await pack([Buffer.from('text')])
  const mark = '1f8b08040000000000ff0600424302001b0003000000000000000000'
  expect((await readFile(file)).subarray(-28).toString('hex')).toBe(mark)
})

test('bytes that cannot be packed any smaller still fit into blocks', async () => {
  let state = 1
  const noise = Uint8Array.from({ length: 2 * BGZF_BLOCK_BYTES }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state >>> 24
  })
  await pack([noise])
  expect(gunzipSync(await readFile(file)).equals(noise)).toBe(true)
})
