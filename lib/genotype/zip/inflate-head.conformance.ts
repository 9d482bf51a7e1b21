import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { deflate } from '../fixtures/pack-zip.ts'
import { SNIFF_COMPRESSED_BYTES_FIRST } from '../limits.ts'
import { INFLATE_LAG_BYTES, type InflateHead, type InflateWhole } from './inflate-head.ts'

const BYTES_MAX = 65_536

/** Text that packs about as well as an export does. */
function rows(count: number): Uint8Array {
  const letters = 'ACGT'
  const line = (n: number) => {
    const mixed = (n * 2_654_435_761) >>> 0
    return `rs${mixed}\t1\t${n * 4_711}\t${letters[mixed % 4]}${letters[(mixed >>> 9) % 4]}\r\n`
  }
  return new TextEncoder().encode(Array.from({ length: count }, (_, n) => line(n)).join(''))
}

/** What every implementation of `InflateHead` must do. */
export function conformsToInflateHead(name: string, inflate: InflateHead): void {
  describe(`${name} inflates the head of a file`, () => {
    test('a whole file comes out whole', async () => {
      const bytes = rows(1_000)
      const { text, produced } = await inflate({ packed: await deflate(bytes), bytesMax: BYTES_MAX })
      expect(produced).toBe(bytes.length)
      expect(text).toEqual(bytes)
    })

    test('an empty file is no failure', async () => {
      const head = await inflate({ packed: await deflate(new Uint8Array(0)), bytesMax: BYTES_MAX })
      expect(head).toEqual({ text: new Uint8Array(0), produced: 0 })
    })

    test('a slice gives a true beginning, short of at most the lag', async () => {
      const bytes = rows(20_000)
      const packed = await deflate(bytes)
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 1, max: SNIFF_COMPRESSED_BYTES_FIRST * 4 }), async (length) => {
          const { text, produced } = await inflate({
            packed: packed.subarray(0, length),
            bytesMax: BYTES_MAX,
          })
          expect(text).toEqual(bytes.subarray(0, text.length))
          expect(text.length).toBe(Math.min(produced, BYTES_MAX))
          expect(produced).toBeGreaterThan(length - INFLATE_LAG_BYTES)
        }),
        { numRuns: 30 },
      )
    })

    test('a bomb is counted and not kept', async () => {
      const packed = (await deflate(new Uint8Array(16_000_000))).subarray(0, SNIFF_COMPRESSED_BYTES_FIRST)
      const { text, produced } = await inflate({ packed, bytesMax: BYTES_MAX })
      expect(produced).toBeGreaterThan(SNIFF_COMPRESSED_BYTES_FIRST * 500)
      expect(text.length).toBe(BYTES_MAX)
      expect(text.buffer.byteLength).toBeLessThanOrEqual(BYTES_MAX)
    })

    test('bytes that are not deflated resolve all the same', async () => {
      await fc.assert(
        fc.asyncProperty(fc.uint8Array({ maxLength: 4_096 }), async (packed) => {
          const { text, produced } = await inflate({ packed, bytesMax: BYTES_MAX })
          expect(text.length).toBe(Math.min(produced, BYTES_MAX))
        }),
        { numRuns: 50 },
      )
    })
  })
}

/** What every implementation of `InflateWhole` must do. */
export function conformsToInflateWhole(name: string, inflate: InflateWhole): void {
  async function pieces(packed: Uint8Array, bytesMax = Number.POSITIVE_INFINITY): Promise<Uint8Array> {
    const all: number[] = []
    let more = true
    await inflate(packed, (chunk) => {
      expect(more).toBe(true)
      for (const byte of chunk) all.push(byte)
      more = all.length < bytesMax
      return more
    })
    return Uint8Array.from(all)
  }

  describe(`${name} inflates a whole file`, () => {
    test('every byte comes once, in order', async () => {
      const bytes = rows(20_000)
      expect(await pieces(await deflate(bytes))).toEqual(bytes)
    })

    test('nothing more comes once no more is wanted', async () => {
      const bytes = rows(40_000)
      const text = await pieces(await deflate(bytes), 1)
      expect(text).toEqual(bytes.subarray(0, text.length))
      expect(text.length).toBeLessThan(bytes.length)
    })

    test('damaged bytes end it early and never reject', async () => {
      const bytes = rows(1_000)
      const packed = await deflate(bytes)
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 0, max: packed.length - 1 }), async (at) => {
          const spoilt = packed.slice()
          spoilt[at]! ^= 0xff
          expect(await pieces(spoilt)).not.toEqual(bytes)
        }),
        { numRuns: 30 },
      )
    })
  })
}
