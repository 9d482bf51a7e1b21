import { describe, expect, test } from 'vitest'
import { NETWORK_TROUBLES, type NetworkTrouble } from '#lib/sessions/embed-messages.ts'
import {
  afterAnswer,
  afterMiss,
  CHUNK_BYTES_FIRST,
  CHUNK_BYTES_MAX,
  CHUNK_BYTES_MIN,
  FIRST_WAY,
  onAnotherNetwork,
  type SendingWay,
  stillGrowing,
} from './sending-way.ts'

/** Every way that is tried while the same trouble goes on. */
function waysFor(trouble: NetworkTrouble, from: SendingWay = FIRST_WAY, acknowledged = 0): SendingWay[] {
  const ways = [from]
  for (let miss = 0; miss < 12; miss += 1) {
    const way = ways.at(-1)!
    ways.push(afterMiss(way, trouble, { acknowledged, bytes: way.chunkBytes }))
  }
  return ways
}

/** After a chunk that came through. */
const through = (way: SendingWay, ms: number) => afterAnswer(way, { bytes: way.chunkBytes, ms })

const grown = (way: SendingWay, times: number): SendingWay =>
  times === 0 ? way : grown(through(way, 100), times - 1)

/** Chunks and milliseconds that a file needs on a line on which each answer takes so long. */
function sent(fileBytes: number, msOf: (bytes: number) => number) {
  let way = afterAnswer(FIRST_WAY, { bytes: 0, ms: msOf(0) })
  let [left, ms] = [fileBytes, msOf(0)]
  const sizes: number[] = []
  while (left > 0) {
    const bytes = Math.min(way.chunkBytes, left)
    sizes.push(bytes)
    left -= bytes
    ms += msOf(bytes)
    way = afterAnswer(way, { bytes, ms: msOf(bytes) })
  }
  return { sizes, seconds: ms / 1000 }
}

/** The sizes of the first chunks that are sent through a network that swallows larger ones, misses included. */
function tried(limit: number, trouble: NetworkTrouble, chunks: number) {
  let way = FIRST_WAY
  return Array.from({ length: chunks }, () => {
    const bytes = way.chunkBytes
    way = bytes > limit ? afterMiss(way, trouble, { acknowledged: 1, bytes }) : through(way, 100)
    return bytes
  })
}

describe('the size of a chunk', () => {
  test('begins small enough that progress is seen early', () => {
    expect(CHUNK_BYTES_FIRST).toBeGreaterThanOrEqual(131_072)
    expect(CHUNK_BYTES_FIRST).toBeLessThanOrEqual(262_144)
  })

  test('follows the speed of the line, within bounds', () => {
    expect(grown(FIRST_WAY, 1).chunkBytes).toBe(2 * CHUNK_BYTES_FIRST)
    expect(grown(FIRST_WAY, 20).chunkBytes).toBe(CHUNK_BYTES_MAX)
    expect(through(FIRST_WAY, 4_000).chunkBytes).toBe(CHUNK_BYTES_FIRST)
    expect(Math.min(...sent(2 ** 20, (bytes) => bytes / 5).sizes)).toBe(CHUNK_BYTES_MIN)
    expect(Math.max(...sent(2 ** 20, (bytes) => bytes / 5).sizes)).toBe(CHUNK_BYTES_FIRST)
  })

  test('is halved on 413 down to the smallest, and never grows back to what was refused', () => {
    const large = grown(FIRST_WAY, 20)
    const sizes = waysFor('body_too_large', large).map(({ chunkBytes }) => chunkBytes)
    expect(sizes.slice(0, 4)).toEqual([5_242_880, 2_621_440, 1_310_720, 655_360])
    expect(Math.min(...sizes)).toBe(CHUNK_BYTES_MIN)
    const once = afterMiss(large, 'body_too_large', { acknowledged: 1, bytes: large.chunkBytes })
    expect(grown(once, 20).chunkBytes).toBe(CHUNK_BYTES_MAX / 2)
    expect(grown(onAnotherNetwork(once), 20).chunkBytes).toBe(CHUNK_BYTES_MAX)
  })

  test.each([4_000, 13_000, 30_000])('grows where every answer takes %i ms whatever its size', (latency) => {
    const { sizes } = sent(5_300_000, (bytes) => latency + bytes / 1_000)
    expect(sizes.length).toBeLessThanOrEqual(7)
  })

  test('grows again where a smaller chunk took as long', () => {
    const halved = through(FIRST_WAY, 13_000)
    expect(halved.chunkBytes).toBe(CHUNK_BYTES_MIN)
    expect(through(halved, 13_000).chunkBytes).toBe(CHUNK_BYTES_FIRST)
    expect(through(through(halved, 13_000), 13_000).chunkBytes).toBe(2 * CHUNK_BYTES_FIRST)
  })

  test('has no estimate while most of the time is waiting and chunks grow', () => {
    const asked = afterAnswer(FIRST_WAY, { bytes: 0, ms: 13_000 })
    expect(stillGrowing(through(asked, 13_100))).toBe(true)
    expect(stillGrowing(through(FIRST_WAY, 4_000))).toBe(false)
    expect(stillGrowing(grown(FIRST_WAY, 20))).toBe(false)
  })

  test.each([
    ['no_answer', 65_536],
    ['no_answer', 1_048_576],
    ['foreign_page', 200_000],
    ['forbidden', 200_000],
  ] as const)('stays below what misses: %s above %i bytes', (trouble, limit) => {
    const sizes = tried(limit, trouble, 200)
    const misses = sizes.filter((bytes) => bytes > limit)
    expect(misses.length).toBeLessThanOrEqual(5)
    expect(Math.min(...sizes.slice(8).filter((bytes) => bytes <= limit))).toBeGreaterThan(limit / 2 - 1)
  })

  test.each(['gateway_error', 'service_error'] as const)('takes %s for no matter of size', (trouble) => {
    const missed = afterMiss(grown(FIRST_WAY, 2), trouble, { acknowledged: 1, bytes: 524_288 })
    expect(grown({ ...missed, way: 'plain' }, 8).chunkBytes).toBe(CHUNK_BYTES_MAX)
  })

  test('grows to all that a network carries after a miss that was an accident', () => {
    const missed = afterMiss(grown(FIRST_WAY, 2), 'no_answer', { acknowledged: 1, bytes: 524_288 })
    expect(missed.chunkBytes).toBe(262_144)
    expect(grown(missed, 8).chunkBytes).toBe(262_144)
    expect(grown(missed, 80).chunkBytes).toBe(CHUNK_BYTES_MAX)
    expect(grown(onAnotherNetwork(missed), 8).chunkBytes).toBe(CHUNK_BYTES_MAX)
  })
})

describe('another way', () => {
  test('is tried for every trouble: method in a header, smaller chunks, one request', () => {
    for (const trouble of NETWORK_TROUBLES) {
      const ways = waysFor(trouble)
      expect(new Set(ways.map(({ way }) => way)), trouble).toEqual(
        new Set(['plain', 'method_in_header', 'one_request']),
      )
      expect(Math.min(...ways.map(({ chunkBytes }) => chunkBytes)), trouble).toBe(CHUNK_BYTES_MIN)
    }
  })

  test('never begins again at 0 where bytes have arrived', () => {
    for (const trouble of NETWORK_TROUBLES) {
      expect(waysFor(trouble, FIRST_WAY, 1).map(({ way }) => way)).not.toContain('one_request')
    }
  })

  test('is not tried for one lost connection', () => {
    expect(afterMiss(FIRST_WAY, 'no_answer', { acknowledged: 0, bytes: 0 })).toEqual({
      ...FIRST_WAY,
      misses: 1,
    })
  })

  test('is kept once it works', () => {
    const other = afterMiss(FIRST_WAY, 'method_blocked', { acknowledged: 0, bytes: 0 })
    expect(through(other, 100)).toMatchObject({ way: 'method_in_header', misses: 0 })
  })
})
