import type {
  DetailedError,
  HttpRequest,
  HttpResponse,
  HttpStack,
  Upload,
  UploadOptions,
} from 'tus-js-client'
import type { Reason } from '#lib/genotype/reason.ts'
import { overridingMethods } from './method-override.ts'
import { sendTrouble } from './send-refusal.ts'
import { silenceWatch } from './silence-watch.ts'
import type { Timers } from './timers.ts'
import { transferEstimate } from './transfer-estimate.ts'

const MEBIBYTE = 1_048_576
const CHUNK_BYTES_MIN = MEBIBYTE
const CHUNK_BYTES_MAX = 5 * MEBIBYTE
/** After a chunk faster than this the next is twice as large; after one slower than that, half as large. */
const CHUNK_QUICK_MS = 2_000
const CHUNK_SLOW_MS = 20_000
const RETRY_SECONDS = [0.5, 1, 2, 4, 8, 15, 30] as const
const RETRY_SECONDS_MAX = 30
/** Consecutive errors of our own server, without progress, after which sending is abandoned. */
const OUR_ERRORS_MAX = 6
/** Consecutive failures without a response, after which the network may be blocking the HTTP methods. */
const UNANSWERED_MAX = 2

/** What the connection is doing while bytes are sent. */
export type Line = 'flowing' | 'offline' | 'stalled'

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
  onLine(line: Line): void
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
}

/**
 * Sends one file over tus until the server has it or refuses it. Resumes from the server's offset after every
 * interruption, for as long as it takes; reports only acknowledged bytes. Keeps nothing in browser storage.
 */
export function sendFile(job: SendJob): Sending {
  const { timers } = job
  const estimate = transferEstimate(job.bytes.length, timers.now)
  let upload: Upload | null = null
  let url = job.resumeUrl
  let over = false
  let failures = 0
  let ourErrors = 0
  let waiting: (() => void) | null = null
  let methodsInHeader = false
  let chunkBytes = CHUNK_BYTES_MIN
  let lastAnswerAt = timers.now()
  const silence = silenceWatch(timers, {
    onNamed: () => job.onLine(job.online() ? 'stalled' : 'offline'),
    onHeardAgain: () => job.onLine('flowing'),
    onGivenUp: () => again(0),
  })

  async function begin(): Promise<void> {
    waiting = null
    const tus = await import('tus-js-client').catch(() => null)
    if (over) return
    if (!tus) {
      fail(null)
      return
    }
    lastAnswerAt = timers.now()
    silence.listen()
    // The bytes come from `fileReader`, in a browser and in Node alike.
    upload = new tus.Upload(new Blob(), tusOptions(new tus.DefaultHttpStack({})))
    upload.start()
  }

  const tusOptions = (stack: HttpStack): UploadOptions => ({
    httpStack: overridingMethods(stack, () => methodsInHeader),
    endpoint: job.endpoint,
    uploadUrl: url,
    metadata: { sha256: job.sha256 },
    headers: { Authorization: `Bearer ${job.token}` },
    chunkSize: chunkBytes,
    retryDelays: null,
    storeFingerprintForResuming: false,
    fingerprint: async () => '',
    fileReader: { openFile: async () => sourceOf(job.bytes) },
    onProgress: () => silence.heard(),
    onAfterResponse: heardFrom,
    onSuccess: () => {
      if (over) return
      end()
      job.onAcknowledged(job.bytes.length, 0)
      job.onSent()
    },
    onError: (error) => fail(answerIn(error)),
  })

  /** Every response with an offset is an acknowledgement: a resumed part, a chunk, the end. */
  function heardFrom(request: HttpRequest, response: HttpResponse): void {
    const offset = offsetIn(response)
    if (over || offset === null) return
    silence.heard()
    url = upload?.url ?? url
    const took = timers.now() - lastAnswerAt
    lastAnswerAt = timers.now()
    if (request.getMethod() !== 'PATCH') {
      estimate.restart(offset)
      job.onAcknowledged(offset, null)
      return
    }
    failures = 0
    ourErrors = 0
    estimate.acknowledge(offset)
    chunkBytes = nextChunkBytes(chunkBytes, took)
    if (upload) upload.options.chunkSize = chunkBytes
    silence.expect(took)
    job.onAcknowledged(offset, estimate.secondsNeeded())
  }

  function fail(answer: ReturnType<typeof answerIn>): void {
    if (over) return
    const trouble = sendTrouble(answer)
    if (trouble.kind === 'refused') {
      end()
      job.onRefused(trouble.reason)
      return
    }
    // Switch how methods are sent, and back again if that is no better.
    if (answer ? trouble.foreign : job.online() && failures % UNANSWERED_MAX === 1) {
      methodsInHeader = !methodsInHeader
    }
    if (trouble.ours) ourErrors += 1
    if (ourErrors >= OUR_ERRORS_MAX) {
      end()
      job.onRefused('internal_error')
      return
    }
    again(trouble.afterSeconds ?? RETRY_SECONDS[failures] ?? RETRY_SECONDS_MAX)
  }

  function again(seconds: number): void {
    if (over || waiting) return
    failures += 1
    url = upload?.url ?? url
    void upload?.abort(false)
    silence.unheard()
    if (!job.online()) job.onLine('offline')
    // Browsers are not always right about being offline, so retry by the clock too.
    waiting = timers.after(1000 * (job.online() ? seconds : RETRY_SECONDS_MAX), () => void begin())
  }

  function end(): void {
    over = true
    waiting?.()
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
      waiting()
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

export function nextChunkBytes(chunkBytes: number, tookMs: number): number {
  if (tookMs < CHUNK_QUICK_MS) return Math.min(chunkBytes * 2, CHUNK_BYTES_MAX)
  if (tookMs > CHUNK_SLOW_MS) return Math.max(chunkBytes / 2, CHUNK_BYTES_MIN)
  return chunkBytes
}

function offsetIn(response: HttpResponse): number | null {
  if (response.getStatus() < 200 || response.getStatus() > 299) return null
  // A part that was just created has a location and no bytes yet.
  if (response.getHeader('Location')) return 0
  const offset = Number.parseInt(response.getHeader('Upload-Offset') ?? '', 10)
  return Number.isSafeInteger(offset) && offset >= 0 ? offset : null
}

function answerIn(error: Error | DetailedError) {
  const response = 'originalResponse' in error ? error.originalResponse : null
  if (!response) return null
  return {
    status: response.getStatus(),
    body: response.getBody() ?? '',
    retryAfter: response.getHeader('Retry-After') ?? undefined,
    speaksTus: Boolean(response.getHeader('Tus-Resumable')),
  }
}
