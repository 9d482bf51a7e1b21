import type { Agent } from 'undici'
import { countLivedTime } from '../lived-time.ts'
import { flattenHeaders } from './flatten-headers.ts'
import type { OutboundStreamAnswer, OutboundStreamFailure, OutboundStreamRequest } from './outbound.ts'

/** How the body came to an end that is not its own; told apart from what `receive` throws. */
class BodyFailure extends Error {
  readonly failure: OutboundStreamFailure

  constructor(failure: OutboundStreamFailure) {
    super(`The answer ended: ${failure}`)
    this.failure = failure
  }
}

/** How often the pace is looked at, as a part of its time. */
const LOOKS = 4

/**
 * One GET whose answer is read while it comes. The connection is dropped once `receive` has ended, however. What it may
 * take is counted while this process lives.
 */
export async function streamAnswer<T>(
  agent: Agent,
  { url, headers = {}, answerMilliseconds, signal, ...limits }: OutboundStreamRequest,
  receive: (answer: OutboundStreamAnswer) => Promise<T>,
): Promise<{ received: T } | { failure: OutboundStreamFailure }> {
  signal?.throwIfAborted()
  const ended = new AbortController()
  const seconds = answerMilliseconds / 1_000
  const uncount = countLivedTime(seconds, (lived) => {
    if (lived >= seconds) ended.abort(new BodyFailure('timed_out'))
  })
  try {
    const { origin, pathname, search } = new URL(url)
    const answer = await agent
      .request({
        origin,
        path: `${pathname}${search}`,
        method: 'GET',
        headers: { 'accept-encoding': 'identity', ...headers },
        signal: signal ? AbortSignal.any([signal, ended.signal]) : ended.signal,
      })
      .catch((error: unknown) => {
        signal?.throwIfAborted()
        throw error instanceof BodyFailure ? error : new BodyFailure('unreachable')
      })
    uncount()
    const body = readAtPace(answer.body as AsyncIterable<Uint8Array>, limits, ended, signal)
    return {
      received: await receive({ status: answer.statusCode, headers: flattenHeaders(answer.headers), body }),
    }
  } catch (error) {
    if (error instanceof BodyFailure) return { failure: error.failure }
    throw error
  } finally {
    uncount()
    // Also ends an answer that nobody read to its end; one that has ended is left alone.
    ended.abort()
  }
}

/** The body, unless it is too slow, too long or broken off. Only time spent waiting for the other side counts. */
async function* readAtPace(
  body: AsyncIterable<Uint8Array>,
  { pace, bytesMax }: Pick<OutboundStreamRequest, 'pace' | 'bytesMax'>,
  ended: AbortController,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array, void, void> {
  let waiting = true
  let looks = 0
  let came = 0
  let size = 0
  const timer = setInterval(() => {
    if (!waiting) return
    looks++
    if (came >= pace.bytes) came = looks = 0
    else if (looks > LOOKS) ended.abort(new BodyFailure('too_slow'))
  }, pace.milliseconds / LOOKS)
  try {
    for await (const chunk of body) {
      waiting = false
      came += chunk.length
      size += chunk.length
      if (size > bytesMax) throw new BodyFailure('too_long')
      yield chunk
      waiting = true
    }
  } catch (error) {
    signal?.throwIfAborted()
    throw error instanceof BodyFailure ? error : new BodyFailure('cut')
  } finally {
    clearInterval(timer)
  }
}
