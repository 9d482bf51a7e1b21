import type {
  DetailedError,
  HttpRequest,
  HttpResponse,
  HttpStack,
  Upload,
  UploadOptions,
} from 'tus-js-client'
import type { Reason } from '#lib/genotype/reason.ts'
import type { NetworkTrouble } from '#lib/sessions/embed-messages.ts'
import { loadWithin } from '../load-within.ts'
import { overridingMethods } from './method-override.ts'
import { isRedirected } from './redirect-probe.ts'
import { type FailedAnswer, sendTrouble } from './send-refusal.ts'
import {
  afterAnswer,
  afterMiss,
  FIRST_WAY,
  onAnotherNetwork,
  type SendingWay,
  stillGrowing,
} from './sending-way.ts'
import { silenceWatch } from './silence-watch.ts'
import type { Timers } from './timers.ts'
import { transferEstimate } from './transfer-estimate.ts'

const RETRY_SECONDS = [0.25, 0.5, 0.5, 1, 1, 2, 4, 8, 15, 30] as const
const RETRY_SECONDS_MAX = 30
/** Before a part of the page's script that did not come is asked for again. */
const LOAD_AGAIN_SECONDS = 1
/** Consecutive errors of our own server, without progress, after which sending is abandoned. */
const OUR_ERRORS_MAX = 6
/** Bytes under way are told at most this often. */
const UNDER_WAY_MS = 200

/** What the connection is doing while bytes are sent. `blocked`: something in between refuses them. */
export type Line = 'flowing' | 'offline' | 'stalled' | 'blocked'

/** Why nothing has been acknowledged for a while, and how the last answer is found in a log. */
export interface Trouble {
  cause: NetworkTrouble
  requestId: string | null
}

export interface SendJob {
  bytes: Uint8Array
  sha256: string
  token: string
  /** Where parts are created. */
  endpoint: string
  /** An unfinished upload of exactly these bytes to resume, or null to begin at 0. */
  resumeUrl: string | null
  timers: Timers
  online(): boolean
  onAcknowledged(bytes: number, secondsNeeded: number | null): void
  /** Bytes that have left and are not acknowledged: for show, never for a decision. */
  onUnderWay(bytes: number): void
  /** The trouble comes with `stalled` and `blocked`, where an attempt has failed. */
  onLine(line: Line, trouble: Trouble | null): void
  onSent(): void
  onRefused(reason: Reason): void
}

export interface Sending {
  /** Ends the transfer and deletes what was sent. Never throws: what cannot be deleted now, the server sweeps away. */
  cancel(): Promise<void>
  /** Ends the transfer; the server keeps the part. */
  stop(): void
  /** The network or the page came back: try now instead of waiting. */
  wake(): void
  /** The person wants another try now, whatever is under way. */
  tryAgain(): void
}

/**
 * Sends one file over tus until the server has it or says no. Continues where the server is after every break, for as
 * long as it takes, and tries other ways where something in between refuses the usual one. Progress is only what the
 * server acknowledged: after 20 seconds without any, `onLine` names what is wrong. Keeps nothing in browser storage.
 */
export function sendFile(job: SendJob, load = () => import('tus-js-client')): Sending {
  const { timers } = job
  const estimate = transferEstimate(job.bytes.length, timers.now)
  let upload: Upload | null = null
  let url = job.resumeUrl
  let over = false
  let way: SendingWay = FIRST_WAY
  let acknowledged = 0
  /** Bytes of the chunk under way; 0 while it is not known where to go on. */
  let chunk = 0
  let ourErrors = 0
  let trouble: Trouble | null = null
  let waiting: (() => void) | null = null
  let probe: AbortController | null = null
  let lastAnswerAt = timers.now()
  let underWayToldAt = Number.NEGATIVE_INFINITY
  const silence = silenceWatch(timers, {
    onNamed: nameLine,
    onHeardAgain: () => job.onLine('flowing', null),
    onGivenUp: () => miss(sendTrouble(null)),
  })

  async function begin(): Promise<void> {
    waiting = null
    // A script that does not come is silence, too, and says nothing of the way.
    silence.listen()
    const tus = await loadWithin(load, timers).catch(() => null)
    if (over) return
    if (!tus) return again(LOAD_AGAIN_SECONDS)
    lastAnswerAt = timers.now()
    chunk = 0
    silence.listen()
    // The bytes come from `fileReader`, in a browser and in Node alike.
    upload = new tus.Upload(new Blob(), tusOptions(new tus.DefaultHttpStack({})))
    upload.start()
  }

  const tusOptions = (stack: HttpStack): UploadOptions => ({
    httpStack: overridingMethods(stack, () => way.way === 'method_in_header'),
    endpoint: job.endpoint,
    uploadUrl: way.way === 'one_request' ? null : url,
    uploadDataDuringCreation: way.way === 'one_request',
    metadata: { sha256: job.sha256 },
    // Some proxies keep `Authorization` to themselves.
    headers: { Authorization: `Bearer ${job.token}`, 'X-Upload-Token': job.token },
    chunkSize: way.way === 'one_request' ? job.bytes.length : way.chunkBytes,
    retryDelays: null,
    storeFingerprintForResuming: false,
    fingerprint: async () => '',
    fileReader: { openFile: async () => sourceOf(job.bytes) },
    onProgress: bytesLeft,
    onAfterResponse: heardFrom,
    onSuccess: () => {
      if (over) return
      end()
      job.onAcknowledged(job.bytes.length, 0)
      job.onSent()
    },
    onError: (error) => miss(sendTrouble(answerIn(error))),
  })

  /** A line on which bytes leave is not cut off; what it has carried is only known by an answer. */
  function bytesLeft(bytes: number): void {
    if (over) return
    silence.moved()
    if (timers.now() - underWayToldAt < UNDER_WAY_MS) return
    underWayToldAt = timers.now()
    job.onUnderWay(bytes)
  }

  /** Every response with an offset is an acknowledgement: a resumed part, a chunk, the end. */
  function heardFrom(request: HttpRequest, response: HttpResponse): void {
    const offset = offsetIn(response)
    if (over || offset === null) return
    url = upload?.url ?? url
    const took = timers.now() - lastAnswerAt
    lastAnswerAt = timers.now()
    const sent = request.getMethod() === 'PATCH' ? Math.max(offset - acknowledged, 0) : 0
    const grew = offset > acknowledged
    acknowledged = offset
    if (grew) silence.heard()
    if (request.getMethod() !== 'PATCH') estimate.restart(offset)
    else {
      estimate.acknowledge(offset)
      silence.expect(took)
    }
    if (grew) {
      ourErrors = 0
      trouble = null
      way = { ...way, misses: 0 }
    }
    way = afterAnswer(way, { bytes: sent, ms: took })
    chunk = Math.min(way.chunkBytes, job.bytes.length - offset)
    if (upload && grew) upload.options.chunkSize = way.chunkBytes
    job.onAcknowledged(offset, stillGrowing(way) ? null : estimate.secondsNeeded())
  }

  function miss(failure: ReturnType<typeof sendTrouble>): void {
    if (over) return
    if (failure.kind === 'refused') {
      end()
      job.onRefused(failure.reason)
      return
    }
    if (failure.ours) ourErrors += 1
    if (ourErrors >= OUR_ERRORS_MAX) {
      end()
      job.onRefused('internal_error')
      return
    }
    if (failure.trouble && job.online()) {
      // An answer says more than the silence after it.
      if (failure.trouble !== 'no_answer' || !trouble) {
        trouble = { cause: failure.trouble, requestId: failure.requestId }
      }
      way = afterMiss(way, failure.trouble, { acknowledged, bytes: chunk })
      if (failure.trouble === 'no_answer') void askForRedirect()
    }
    again(failure.afterSeconds ?? RETRY_SECONDS[Math.max(0, way.misses - 1)] ?? RETRY_SECONDS_MAX)
  }

  /** A network that redirects to its own page is only told from a broken one by asking once more. */
  async function askForRedirect(): Promise<void> {
    const before = acknowledged
    probe?.abort()
    probe = new AbortController()
    const redirected = await isRedirected(job.endpoint, timers, probe)
    if (over || !redirected || acknowledged > before || trouble?.cause !== 'no_answer') return
    trouble = { cause: 'foreign_page', requestId: null }
    if (silence.named()) nameLine()
  }

  function again(seconds: number): void {
    if (over || waiting) return
    url = upload?.url ?? url
    void upload?.abort(false)
    silence.unheard()
    if (!job.online()) job.onLine('offline', null)
    else if (silence.named()) nameLine()
    // Browsers are not always right about being offline, so retry by the clock too.
    waiting = timers.after(1000 * (job.online() ? seconds : RETRY_SECONDS_MAX), () => void begin())
  }

  function nameLine(): void {
    if (!job.online()) job.onLine('offline', null)
    else job.onLine(trouble && trouble.cause !== 'no_answer' ? 'blocked' : 'stalled', trouble)
  }

  function end(): void {
    over = true
    waiting?.()
    probe?.abort()
    silence.end()
  }

  // Start on the next turn, so that no callback runs before the caller holds this object.
  waiting = timers.after(0, () => void begin())
  return {
    async cancel() {
      end()
      await upload?.abort(true).catch(() => undefined)
    },
    stop() {
      end()
      void upload?.abort(false)
    },
    wake() {
      if (over || !waiting) return
      way = onAnotherNetwork(way)
      waiting()
      void begin()
    },
    tryAgain() {
      if (over) return
      way = { ...way, misses: 0 }
      again(0)
      waiting?.()
      void begin()
    },
  }
}

/** Views of the bytes in memory, one chunk at a time; never a copy of the file. */
const sourceOf = (bytes: Uint8Array) => ({
  size: bytes.length,
  // `done` only matters for sources of unknown length.
  slice: async (start: number, end: number) => ({ value: bytes.subarray(start, end), done: false }),
  close: () => undefined,
})

function offsetIn(response: HttpResponse): number | null {
  if (response.getStatus() < 200 || response.getStatus() > 299) return null
  const offset = Number.parseInt(response.getHeader('Upload-Offset') ?? '', 10)
  if (Number.isSafeInteger(offset) && offset >= 0) return offset
  // A part that was just created has a location and no bytes yet.
  return response.getHeader('Location') ? 0 : null
}

function answerIn(error: Error | DetailedError): FailedAnswer | null {
  const response = 'originalResponse' in error ? error.originalResponse : null
  if (!response) return null
  return {
    status: response.getStatus(),
    body: response.getBody() ?? '',
    retryAfter: response.getHeader('Retry-After') ?? undefined,
    speaksTus: Boolean(response.getHeader('Tus-Resumable')),
    requestId: response.getHeader('Request-Id') ?? undefined,
  }
}
