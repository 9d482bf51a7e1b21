import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as pause } from 'node:timers/promises'
// Made from the service's document by build.mjs.
import type { components, paths } from './schema.ts'

export type { components, operations, paths } from './schema.ts'

type Schemas = components['schemas']
export type MintRequest = Schemas['MintRequest']
export type UploadLink = Schemas['UploadLink']
export type Sample = Schemas['SampleDetails']
export type SampleFile = Schemas['File']
export type StatusName = Schemas['StatusName']
export type Event = Schemas['Event']

export interface ClientOptions {
  /** Origin of the service, such as `https://upload.example.org`. */
  host: string
  /** Keep it on your server: no browser and no app may have it. */
  apiKey: string | undefined
  fetch?: typeof fetch
}

/**
 * A refusal of the service, an answer that is not the service's, such as the page of a proxy that wants a login, or no
 * answer at all.
 */
export class ArraydropError extends Error {
  /** Of HTTP; 0 when there was no answer. `cause` then has the error of the network. */
  readonly status: number
  /** What is wrong, where no single field is. */
  readonly detail: string | undefined
  /** What is wrong with each field. */
  readonly fields: Record<string, string[]> | undefined
  /** For the operator of the service. */
  readonly requestId: string | null
  /** Seconds after which the service wants to be asked again. */
  readonly retryAfter: number | undefined

  constructor(status: number, body: unknown, headers: Headers, options?: ErrorOptions) {
    const detail = isRecord(body) && typeof body.detail === 'string' ? body.detail : undefined
    const fields = detail === undefined && isRecord(body) ? (body as Record<string, string[]>) : undefined
    const needed = headers.get('role-needed')
    const role = needed ? ` Role needed: ${needed}. This key has: ${headers.get('role-held')}.` : ''
    super((detail ?? (fields ? JSON.stringify(fields) : unexplained(status, headers))) + role, options)
    this.name = 'ArraydropError'
    this.status = status
    this.detail = detail
    this.fields = fields
    this.requestId = headers.get('request-id')
    this.retryAfter = secondsOf(headers.get('retry-after'), headers.get('date'))
  }
}

/** A webhook that did not come from the service, or not now. */
export class WebhookError extends Error {
  override readonly name = 'WebhookError'
}

const TRIES_MAX = 4
/** Of a proxy that reaches no service, as during an upgrade. */
const GATEWAYS: readonly number[] = [502, 504]
const AWAY: readonly number[] = [0, 503, ...GATEWAYS]
/** Between tries without an answer. */
const SILENCE_SECONDS = [1, 2, 5]
const RETRY_SECONDS_MAX = 60
const POLL_MS = [1_000, 2_000, 5_000, 10_000, 30_000]
const DOWNLOAD_TRIES_MAX = 8
/** Nothing more comes of a sample with one of these. */
const ENDED: readonly StatusName[] = [
  'succeeded',
  'failed qc',
  'failed',
  'canceled',
  'consumer session expired',
]

interface RequestOptions {
  body?: unknown
  headers?: Record<string, string>
}

export class Arraydrop {
  readonly #origin: string
  readonly #apiKey: string
  readonly #fetch: typeof fetch

  constructor({ host, apiKey, fetch: own }: ClientOptions) {
    if (!apiKey) throw new TypeError('apiKey is missing')
    // Such as a line end of the file it was read from.
    if (!/^[\x21-\x7e]+$/.test(apiKey)) {
      throw new TypeError('apiKey has characters that no key has, such as a blank or the end of a line')
    }
    this.#origin = new URL(host).origin
    this.#apiKey = apiKey
    this.#fetch = own ?? ((...sent) => fetch(...sent))
  }

  /**
   * A link for one person and one file. Call it again with the same `idempotencyKey`, such as the number of your order,
   * and the answer is the same link, for 24 hours.
   */
  mint(fields: MintRequest = {}, { idempotencyKey }: { idempotencyKey?: string } = {}): Promise<UploadLink> {
    const headers: Record<string, string> = idempotencyKey ? { 'Idempotency-Key': idempotencyKey } : {}
    return this.request('POST', '/api/v2/array-data-upload-form/', { body: fields, headers })
  }

  async get(sampleId: string): Promise<Sample> {
    // Any of these would be the address of something else, such as the list.
    if (['', '.', '..'].includes(sampleId)) throw new TypeError(`Not an id: ${JSON.stringify(sampleId)}`)
    return this.request('GET', `/api/v2/samples/${encodeURIComponent(sampleId)}`)
  }

  /**
   * The sample once it has ended, however; throws when that takes longer than `seconds`. A service that is away meanwhile,
   * such as for an upgrade, is asked again until then.
   */
  async wait(sampleId: string, { seconds = 3_600, signal }: { seconds?: number; signal?: AbortSignal } = {}) {
    const until = Date.now() + seconds * 1_000
    for (let look = 0; ; look++) {
      let late: Error
      try {
        const sample = await this.get(sampleId)
        const { status } = sample.last_status
        if (ENDED.includes(status)) return sample
        late = new Error(`The sample is still ${status}.`)
      } catch (error) {
        if (!(error instanceof ArraydropError) || !AWAY.includes(error.status)) throw error
        // Nobody has answered yet: rather a wrong host than a service that is away meanwhile.
        if (look === 0 && error.status === 0) throw error
        late = error
      }
      const left = until - Date.now()
      if (left <= 0) throw late
      const asked = late instanceof ArraydropError ? (late.retryAfter ?? 0) * 1_000 : 0
      const gap = Math.max(POLL_MS[Math.min(look, POLL_MS.length - 1)]!, asked)
      await pause(Math.min(gap, left), undefined, signal ? { signal } : {})
    }
  }

  /**
   * Fetch a deliverable to a file: resumes what an earlier call began, waits when it is asked to (429, 503), and checks
   * the SHA-256 before the file gets its name. `download_url` works for an hour: get the sample again after that.
   */
  async download(file: SampleFile, to: string): Promise<void> {
    await mkdir(dirname(to), { recursive: true })
    const part = `${to}.part`
    const resumes = (await sizeOf(part)) > 0
    for (let attempt = 1; ; attempt++) {
      const had = await sizeOf(part)
      try {
        // Of an empty file there is nothing to fetch.
        await writeFile(part, '', { flag: 'a' })
        if (had < file.size) await this.#fetchRest(file, part, had)
        break
      } catch (error) {
        const further = (await sizeOf(part)) > had
        const seconds =
          error instanceof ArraydropError && !GATEWAYS.includes(error.status) ? worthWaiting(error) : 0.5
        if (seconds === undefined || (!further && attempt >= DOWNLOAD_TRIES_MAX)) {
          // What `fetch` throws, also in the middle of an answer.
          throw error instanceof TypeError ? unanswered(file.download_url, error) : error
        }
        await pause(seconds * 1_000)
      }
    }
    const digest = createHash('sha256')
    await pipeline(createReadStream(part), digest)
    if (digest.digest('hex') !== file.checksum_sha256) {
      await rm(part, { force: true })
      // What an earlier call began was not of this file: the sample may have been analysed again since.
      if (resumes) return this.download(file, to)
      throw new Error(`${file.file_type}: the SHA-256 of what came is not that of the file.`)
    }
    await rename(part, to)
  }

  async #fetchRest(file: SampleFile, part: string, had: number): Promise<void> {
    const headers: Record<string, string> = had > 0 ? { Range: `bytes=${had}-` } : {}
    const response = await this.#fetch(file.download_url, { headers })
    if (!response.ok || response.body === null) {
      throw new ArraydropError(response.status, await bodyOf(response), response.headers)
    }
    // A whole file instead of the rest: begin again.
    const flags = response.status === 206 ? 'a' : 'w'
    await pipeline(Readable.fromWeb(response.body as never), createWriteStream(part, { flags }))
    if ((await sizeOf(part)) < file.size) throw new Error('The connection ended before the file did.')
  }

  /**
   * Any path of the API. Waits when the service asks to (409, 429, 503), a few times, and asks again without an answer where
   * that changes nothing: a GET, or with an Idempotency-Key. An answer that is not JSON is an error, unless it is CSV or
   * plain text, as that of an export is: that comes as text.
   */
  async request<Answer>(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: keyof paths | (string & {}),
    { body, headers }: RequestOptions = {},
  ): Promise<Answer> {
    const repeatable = method === 'GET' || headers?.['Idempotency-Key'] !== undefined
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#requestOnce<Answer>(method, path, { body, headers })
      } catch (error) {
        if (!(error instanceof ArraydropError) || attempt === TRIES_MAX) throw error
        const silent = error.status === 0 && repeatable
        const seconds = silent ? SILENCE_SECONDS[attempt - 1] : worthWaiting(error)
        if (seconds === undefined) throw error
        await pause(seconds * 1_000)
      }
    }
  }

  async #requestOnce<Answer>(
    method: string,
    path: string,
    { body, headers }: RequestOptions,
  ): Promise<Answer> {
    // Whatever host the path names, such as that of `meta.next`, only the service gets the key.
    const named = new URL(path, this.#origin)
    const address = new URL(this.#origin)
    address.pathname = named.pathname
    address.search = named.search
    const url = address.href
    const sent: RequestInit = {
      method,
      // The service never redirects: what does would make a GET of a POST.
      redirect: 'manual',
      headers: {
        Authorization: `Api-Key ${this.#apiKey}`,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }
    const silence = (error: unknown): never => {
      throw unanswered(url, error)
    }
    const response = await this.#fetch(url, sent).catch(silence)
    const answer = await bodyOf(response).catch(silence)
    if (!response.ok) throw new ArraydropError(response.status, answer, response.headers)
    demandOurs(response, answer)
    return answer as Answer
  }
}

/**
 * The events of a delivery. `body` is the body byte for byte, as text or bytes: what a framework has parsed and written again
 * has another signature. Throws `WebhookError` unless it was signed with this secret in the last `seconds`.
 */
export function verifyWebhook(
  secret: string,
  headers: Headers | Record<string, string | string[] | undefined>,
  body: string | Uint8Array,
  { seconds = 300, now = Date.now() }: { seconds?: number; now?: number } = {},
): Event[] {
  if (!secret) throw new TypeError('secret is missing')
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  // With an empty key, anyone could sign.
  if (key.length === 0) throw new TypeError('secret is missing')
  // Some hosts pass names on as they were sent.
  const named = headers instanceof Headers ? [...headers] : Object.entries(headers)
  const header = (name: string) => {
    const value = named.find(([one]) => one.toLowerCase() === name)?.[1]
    return Array.isArray(value) ? value.join(' ') : (value ?? '')
  }
  const id = header('webhook-id')
  const time = header('webhook-timestamp')
  if (!id || !/^\d+$/.test(time)) throw new WebhookError('The headers of a webhook are missing.')
  const expected = createHmac('sha256', key).update(`${id}.${time}.`).update(body).digest()
  const genuine = header('webhook-signature')
    .split(' ')
    .some((signature) => {
      const given = Buffer.from(signature.replace(/^v1,/, ''), 'base64')
      return given.length === expected.length && timingSafeEqual(given, expected)
    })
  if (!genuine) throw new WebhookError('The signature does not match this secret and body.')
  if (Math.abs(now / 1_000 - Number(time)) > seconds) throw new WebhookError('The delivery is too old.')
  return JSON.parse(typeof body === 'string' ? body : new TextDecoder().decode(body)) as Event[]
}

/** Of an answer that is not JSON. */
function unexplained(status: number, headers: Headers): string {
  const to = headers.get('location') ?? ''
  const elsewhere = status >= 300 && status < 400 && URL.canParse(to)
  const redirect = elsewhere ? ` It redirects to ${new URL(to).origin}: check the host.` : ''
  return `The service answered ${status}.${redirect}`
}

function unanswered(url: string, cause: unknown): ArraydropError {
  const detail = `${new URL(url).origin} does not answer: ${cause instanceof Error ? cause.message : cause}`
  return new ArraydropError(0, { detail }, new Headers(), { cause })
}

/** Seconds to wait before the same request is sent again; undefined when that would not help, or takes too long. */
const worthWaiting = ({ status, retryAfter }: ArraydropError): number | undefined =>
  [409, 429, 503].includes(status) && retryAfter !== undefined && retryAfter <= RETRY_SECONDS_MAX
    ? retryAfter
    : undefined

/** `Retry-After` in seconds: written so, or as a date, which is read by the clock of whoever wrote it. */
function secondsOf(retryAfter: string | null, date: string | null): number | undefined {
  if (retryAfter === null) return undefined
  if (/^\d+$/.test(retryAfter)) return Number(retryAfter)
  const at = /^[A-Z][a-z]+,? /.test(retryAfter) ? Date.parse(retryAfter) : Number.NaN
  const now = Date.parse(date ?? '') || Date.now()
  return Number.isNaN(at) ? undefined : Math.max(0, (at - now) / 1_000)
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What the service sends is a JSON object or list, text that says so, or nothing. */
function demandOurs({ status, headers }: Response, answer: unknown): void {
  const type = headers.get('content-type') ?? ''
  const isText = typeof answer === 'string' && /^text\/(?:csv|plain)\b/i.test(type)
  const isJson = typeof answer === 'object' && answer !== null && /\bjson\b/i.test(type)
  if (isText || isJson || (answer === undefined && status === 204)) return
  const detail = `This is not an answer of the service (${type || 'no media type'}): check the host, and whether a proxy wants a login.`
  throw new ArraydropError(status, { detail }, headers)
}

async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text()
  try {
    return text === '' ? undefined : JSON.parse(text)
  } catch {
    return text
  }
}

const sizeOf = (file: string): Promise<number> =>
  stat(file).then(
    ({ size }) => size,
    () => 0,
  )
