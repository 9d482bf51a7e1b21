import type { NetworkTrouble } from '#lib/sessions/embed-messages.ts'

/** Chunks in bytes. The first one is small, so that progress is seen early and most proxies let it pass. */
export const CHUNK_BYTES_FIRST = 131_072
export const CHUNK_BYTES_MIN = 65_536
export const CHUNK_BYTES_MAX = 5 * 1_048_576
/** A chunk quicker than this may be twice as large next time, one slower than that half as large. */
const CHUNK_QUICK_MS = 2_000
const CHUNK_SLOW_MS = 8_000

/** How a request is written: as tus says, with its method in a header, or all of the file in the request that begins. */
export type Way = 'plain' | 'method_in_header' | 'one_request'

export interface SendingWay {
  way: Way
  chunkBytes: number
  /** No chunk is larger again once the network refused a larger one. */
  chunkBytesMax: number
  /** Failures in a row without a newly acknowledged byte. */
  misses: number
}

export const FIRST_WAY: SendingWay = {
  way: 'plain',
  chunkBytes: CHUNK_BYTES_FIRST,
  chunkBytesMax: CHUNK_BYTES_MAX,
  misses: 0,
}

/** After bytes were acknowledged: this way works, and the size of a chunk follows the speed of the line. */
export function afterAcknowledged(way: SendingWay, tookMs: number): SendingWay {
  const { chunkBytes, chunkBytesMax } = way
  const next =
    tookMs < CHUNK_QUICK_MS
      ? Math.min(chunkBytes * 2, chunkBytesMax)
      : tookMs > CHUNK_SLOW_MS
        ? Math.max(chunkBytes / 2, CHUNK_BYTES_MIN)
        : chunkBytes
  return { ...way, chunkBytes: next, misses: 0 }
}

/** Failures in a row after which the whole file is tried in one request; then everything from the start. */
const ONE_REQUEST_AT = 5
const ROUND = 6

/**
 * The next way after a failure that is not the server's own. A body that is too large (413) is halved at once. Any
 * other failure tries the method in a header, then smaller chunks, and at last one single request, where no byte has
 * arrived yet. `no_answer` may be a network that is away for a moment: the first one changes nothing.
 */
export function afterMiss(before: SendingWay, trouble: NetworkTrouble, acknowledged: number): SendingWay {
  const misses = before.misses + 1
  if (trouble === 'body_too_large' && before.chunkBytes > CHUNK_BYTES_MIN && before.way !== 'one_request') {
    const chunkBytes = Math.max(before.chunkBytes / 2, CHUNK_BYTES_MIN)
    return { ...before, chunkBytes, chunkBytesMax: chunkBytes, misses }
  }
  if (trouble === 'no_answer' && misses === 1) return { ...before, misses }
  if (misses % ROUND === ONE_REQUEST_AT && acknowledged === 0) {
    return { ...before, way: 'one_request', misses }
  }
  const back = before.way !== 'plain'
  const chunkBytes = back ? Math.max(before.chunkBytes / 2, CHUNK_BYTES_MIN) : before.chunkBytes
  return { ...before, way: back ? 'plain' : 'method_in_header', chunkBytes, misses }
}
