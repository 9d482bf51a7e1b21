import { Agent, type Dispatcher, errors } from 'undici'
import { countLivedTime } from '../lived-time.ts'
import { flattenHeaders } from './flatten-headers.ts'
import { guardedLookup, type Resolve } from './guarded-lookup.ts'
import type { Outbound, OutboundAnswer, OutboundRequest } from './outbound.ts'
import { refuseTargetUrl } from './refuse-target-url.ts'
import { streamAnswer } from './stream-answer.ts'

const CONNECT_MS = 5_000
const HEADER_BYTES_MAX = 16_384
/**
 * Connections to one origin; what is beyond them waits within its own time limit. As many as there are deliveries under
 * way at once, because projects may share an origin, and one that hangs there must not hold up the others.
 */
const CONNECTIONS_PER_ORIGIN = 128
const KEEP_ALIVE_MS = 10_000

/** OpenSSL's and Node's codes for a certificate that is refused. */
const CERTIFICATE = /CERT|SIGNATURE|ALTNAME/

interface Options {
  /** ALLOW_PRIVATE_TARGETS: loopback and private addresses may be called. For development and tests. */
  allowPrivate: boolean
  /** How names are resolved when private addresses are refused; by DNS unless a test says otherwise. */
  resolve?: Resolve
}

/** `Outbound` by undici, with a look-up that refuses names that lead to any address that is not public. */
export function createOutbound({ allowPrivate, resolve }: Options): Outbound {
  const agent = new Agent({
    allowH2: false,
    pipelining: 1,
    connections: CONNECTIONS_PER_ORIGIN,
    keepAliveTimeout: KEEP_ALIVE_MS,
    maxHeaderSize: HEADER_BYTES_MAX,
    // One deadline for all of it: see `send`.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: {
      timeout: CONNECT_MS,
      ...(allowPrivate ? {} : { lookup: guardedLookup(resolve) }),
    },
  })
  const refuse = (url: string) => refuseTargetUrl(url, { allowPrivate })
  return {
    refuse,
    async send(request) {
      // An address that stands in the URL itself is never looked up, so the rules for URLs hold here, too.
      if (refuse(request.url)) return { failure: 'unreachable' }
      const deadline = new AbortController()
      const seconds = request.timeoutMilliseconds / 1_000
      // While this process stands still, nobody is late.
      const uncount = countLivedTime(seconds, (lived) => lived >= seconds && deadline.abort())
      try {
        return await exchange(agent, request, deadline.signal)
      } catch (error) {
        const late = deadline.signal.aborted || error instanceof errors.ConnectTimeoutError
        if (!late && CERTIFICATE.test(String((error as { code?: unknown }).code)))
          return { failure: 'untrusted' }
        return { failure: late ? 'timed_out' : 'unreachable' }
      } finally {
        uncount()
      }
    },
    async stream(request, receive) {
      if (refuse(request.url)) return { failure: 'unreachable' }
      return streamAnswer(agent, request, receive)
    },
    close: () => agent.destroy(),
  }
}

async function exchange(
  agent: Agent,
  { url, method, headers = {}, body, signal, answerBytesMax }: OutboundRequest,
  deadline: AbortSignal,
): Promise<OutboundAnswer> {
  const { origin, pathname, search } = new URL(url)
  const answer = await agent.request({
    origin,
    path: `${pathname}${search}`,
    method,
    headers: { 'accept-encoding': 'identity', ...headers },
    body: body ?? null,
    signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
  })
  return {
    status: answer.statusCode,
    headers: flattenHeaders(answer.headers),
    ...(await readAtMost(answer.body, answerBytesMax)),
  }
}

async function readAtMost(
  body: Dispatcher.ResponseData['body'],
  bytesMax: number,
): Promise<Pick<OutboundAnswer, 'body' | 'cut'>> {
  const chunks: Uint8Array[] = []
  let size = 0
  let cut = false
  // Leaving the loop early ends the connection, so that the other side cannot keep sending.
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    chunks.push(chunk)
    size += chunk.length
    cut = size > bytesMax
    if (cut) break
  }
  return { body: new Uint8Array(Buffer.concat(chunks).subarray(0, bytesMax)), cut }
}
