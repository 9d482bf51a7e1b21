import { describe, expect, test } from 'vitest'
import { NETWORK_TROUBLES, type NetworkTrouble } from '#lib/sessions/embed-messages.ts'
import {
  afterAcknowledged,
  afterMiss,
  CHUNK_BYTES_FIRST,
  CHUNK_BYTES_MAX,
  CHUNK_BYTES_MIN,
  FIRST_WAY,
  type SendingWay,
} from './sending-way.ts'

/** Every way that is tried while the same trouble goes on. */
function waysFor(trouble: NetworkTrouble, from: SendingWay = FIRST_WAY, acknowledged = 0): SendingWay[] {
  const ways = [from]
  for (let miss = 0; miss < 12; miss += 1) ways.push(afterMiss(ways.at(-1)!, trouble, acknowledged))
  return ways
}

const grown = (way: SendingWay, times: number): SendingWay =>
  times === 0 ? way : grown(afterAcknowledged(way, 100), times - 1)

describe('the size of a chunk', () => {
  test('begins small enough that progress is seen early', () => {
    expect(CHUNK_BYTES_FIRST).toBeGreaterThanOrEqual(131_072)
    expect(CHUNK_BYTES_FIRST).toBeLessThanOrEqual(262_144)
  })

  test('follows the speed of the line, within bounds', () => {
    expect(grown(FIRST_WAY, 1).chunkBytes).toBe(2 * CHUNK_BYTES_FIRST)
    expect(grown(FIRST_WAY, 20).chunkBytes).toBe(CHUNK_BYTES_MAX)
    expect(afterAcknowledged(FIRST_WAY, 4_000).chunkBytes).toBe(CHUNK_BYTES_FIRST)
    expect(afterAcknowledged(afterAcknowledged(FIRST_WAY, 60_000), 60_000).chunkBytes).toBe(CHUNK_BYTES_MIN)
  })

  test('is halved on 413 down to the smallest, and never grows back to what was refused', () => {
    const large = grown(FIRST_WAY, 20)
    const sizes = waysFor('body_too_large', large).map(({ chunkBytes }) => chunkBytes)
    expect(sizes.slice(0, 4)).toEqual([5_242_880, 2_621_440, 1_310_720, 655_360])
    expect(Math.min(...sizes)).toBe(CHUNK_BYTES_MIN)
    const once = afterMiss(large, 'body_too_large', 1)
    expect(grown(once, 20).chunkBytes).toBe(CHUNK_BYTES_MAX / 2)
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
    expect(afterMiss(FIRST_WAY, 'no_answer', 0)).toEqual({ ...FIRST_WAY, misses: 1 })
  })

  test('is kept once it works', () => {
    const other = afterMiss(FIRST_WAY, 'method_blocked', 0)
    expect(afterAcknowledged(other, 100)).toMatchObject({ way: 'method_in_header', misses: 0 })
  })
})
