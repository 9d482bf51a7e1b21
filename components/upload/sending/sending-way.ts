import type { NetworkTrouble } from '#lib/sessions/embed-messages.ts'

/** Chunks in bytes. The first one is small, so that progress is seen early and most proxies let it pass. */
export const CHUNK_BYTES_FIRST = 131_072
export const CHUNK_BYTES_MIN = 65_536
export const CHUNK_BYTES_MAX = 5 * 1_048_576
/** A chunk whose bytes need less than this may be twice as large next time, one that needs more than that half as large. */
const CHUNK_QUICK_MS = 2_000
const CHUNK_SLOW_MS = 8_000

/** How a request is written: as tus says, with its method in a header, or all of the file in the request that begins. */
export type Way = 'plain' | 'method_in_header' | 'one_request'

/** How long the answer took to a request with so many bytes in its body. */
export interface Answered {
  bytes: number
  ms: number
}

export interface SendingWay {
  way: Way
  chunkBytes: number
  /** No chunk is larger again once the network called a larger one too large. */
  chunkBytesMax: number
  /** Failures in a row without a newly acknowledged byte. */
  misses: number
  /** The last answer, and the last one before it to a body of another size: what both took alike is no matter of size. */
  last: Answered
  other: Answered
  /** The smallest chunk that failed and has not come through since. */
  missedBytes: number
  /** How often a chunk failed where a smaller one had come through, and the chunks since that could have been larger. */
  missedTimes: number
  held: number
}

const UNMEASURED: Answered = { bytes: 0, ms: 0 }
const NOTHING_MISSED = { missedBytes: Number.POSITIVE_INFINITY, missedTimes: 0, held: 0 } as const

export const FIRST_WAY: SendingWay = {
  way: 'plain',
  chunkBytes: CHUNK_BYTES_FIRST,
  chunkBytesMax: CHUNK_BYTES_MAX,
  misses: 0,
  last: UNMEASURED,
  other: UNMEASURED,
  ...NOTHING_MISSED,
}

/** After an answer of the server: the size of a chunk follows the speed of the line, below what the network refuses. */
export function afterAnswer(way: SendingWay, answered: Answered): SendingWay {
  const other = answered.bytes === way.last.bytes ? way.other : way.last
  const measured = { ...way, last: answered, other }
  if (answered.bytes === 0) return measured
  const through = answered.bytes >= way.missedBytes ? { ...measured, ...NOTHING_MISSED } : measured
  return { ...resized(through, bytesMs(answered, other)), misses: 0 }
}

/** The part of the time that goes with the size; the rest is waiting, which a smaller chunk would not shorten. */
function bytesMs({ bytes, ms }: Answered, other: Answered): number {
  return Math.max(0, (bytes * (ms - other.ms)) / (bytes - other.bytes))
}

/** Chunks that must come through before one of a size that failed is tried again, and the factor after each failure. */
const HELD = 16
const HELD_FACTOR = 4

function resized(way: SendingWay, neededMs: number): SendingWay {
  const { chunkBytes, chunkBytesMax, missedBytes, missedTimes, held } = way
  if (neededMs > CHUNK_SLOW_MS) return { ...way, chunkBytes: halfOf(chunkBytes) }
  if (neededMs >= CHUNK_QUICK_MS) return way
  const larger = Math.min(chunkBytes * 2, chunkBytesMax)
  if (larger >= missedBytes && held < HELD * HELD_FACTOR ** missedTimes) return { ...way, held: held + 1 }
  return { ...way, chunkBytes: larger, held: 0 }
}

const halfOf = (chunkBytes: number) => Math.max(chunkBytes / 2, CHUNK_BYTES_MIN)

/** Whether an answer says nothing of the speed yet: most of its time was waiting, and the next chunk will be larger. */
export const stillGrowing = (way: SendingWay): boolean =>
  way.last.ms > CHUNK_SLOW_MS && way.chunkBytes > way.last.bytes

/** On another network every size may be tried again. */
export const onAnotherNetwork = (way: SendingWay): SendingWay => ({
  ...way,
  ...NOTHING_MISSED,
  chunkBytesMax: CHUNK_BYTES_MAX,
})

/** What says nothing of a body: the service, or what is in front of it, is away for everyone. */
const OF_ANY_SIZE: readonly NetworkTrouble[] = ['service_error', 'gateway_error']

/** Failures in a row after which the whole file is tried in one request; then everything from the start. */
const ONE_REQUEST_AT = 5
const ROUND = 6

/**
 * The next way after a failure that is not the server's own, of a request with a chunk of `bytes`, or 0 for none. A body
 * that is too large (413) is halved at once, and one larger than the last that came through is that large again. Any
 * other failure tries the method in a header, then smaller chunks, and at last one single request, where no byte has
 * arrived yet. `no_answer` may be a network that is away for a moment: the first one changes nothing, and the second one
 * both, since every silence costs long.
 */
export function afterMiss(
  given: SendingWay,
  trouble: NetworkTrouble,
  { acknowledged, bytes }: { acknowledged: number; bytes: number },
): SendingWay {
  const misses = given.misses + 1
  if (trouble === 'body_too_large' && given.chunkBytes > CHUNK_BYTES_MIN && given.way !== 'one_request') {
    const chunkBytes = halfOf(given.chunkBytes)
    return { ...given, chunkBytes, chunkBytesMax: chunkBytes, misses }
  }
  const sized = bytes > 0 && !OF_ANY_SIZE.includes(trouble)
  const missedBytes = sized ? Math.min(given.missedBytes, bytes) : given.missedBytes
  const before = { ...given, missedBytes, held: 0 }
  const through = given.last.bytes
  if (sized && through > 0 && bytes > through) {
    const chunkBytes = Math.max(through, CHUNK_BYTES_MIN)
    return { ...before, chunkBytes, missedTimes: given.missedTimes + 1, misses }
  }
  if (trouble === 'no_answer' && misses === 1) return { ...before, misses }
  if (misses % ROUND === ONE_REQUEST_AT && acknowledged === 0) {
    return { ...before, way: 'one_request', misses }
  }
  const back = before.way !== 'plain'
  const chunkBytes = back || trouble === 'no_answer' ? halfOf(before.chunkBytes) : before.chunkBytes
  return { ...before, way: back ? 'plain' : 'method_in_header', chunkBytes, misses }
}
