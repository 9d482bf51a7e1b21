import type { OutboundAnswer } from '#lib/platform/outbound/outbound.ts'
import { Problem } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { SOURCE_BYTES_MAX } from './fetch/limits.ts'
import { ACCEPT_PACKED, isUnpacked } from './is-unpacked.ts'
import { judgeStart } from './judge-start.ts'
import type { RNotation } from './map/destination.ts'
import { refuseSourceUrl } from './map/source-url.ts'
import { readPresignedUrl, refusePresigned } from './presigned-url.ts'
import { isSourceHost } from './source-host.ts'

/** Bytes asked for: a few thousand reads, or the first of the longest. */
const START_BYTES = 65_536
const TIMEOUT_MS = 10_000
const RETRY_SECONDS = 5
const RETRY_SECONDS_MAX = 60

export interface CheckedSource {
  host: string
  /** Bytes of the whole file; null when the store did not say. */
  size: number | null
  /** When the URL stops working at the latest; null: it does not say. */
  expiresAt: Date | null
}

type Needed = Pick<Services, 'env' | 'outbound'>

/** Why this is no URL that we fetch from, in words that show none of it; undefined when it may be. Nothing is sent. */
export function refuseSource({ env, outbound }: Needed, url: string, now: Date): string | undefined {
  const refusal = refuseSourceUrl(url)
  if (refusal !== undefined) return `${refusal}.`
  if (!isSourceHost(new URL(url).hostname, env)) return OTHER_HOST
  return outbound.refuse(url) ?? refusePresigned(readPresignedUrl(url), now)
}

/**
 * Prove that a URL answers, how large its file is and that it begins like FASTQ, by one GET of its first 64 KiB: a HEAD
 * would fail, because S3 signs the method. Throws 400 on `source_url` for what is wrong with it, and 503 for a store
 * that wants to be asked again later.
 */
export async function checkSource(
  services: Needed,
  url: string,
  { now, rNotation }: { now: Date; rNotation: RNotation },
): Promise<CheckedSource> {
  const refusal = refuseSource(services, url, now)
  if (refusal !== undefined) throw wrong(refusal)
  const answer = await askForStart(services, url)
  const size = sizeOf(answer)
  if (size !== null && size > SOURCE_BYTES_MAX) throw wrong(TOO_LARGE)
  const whole = !answer.cut && (size === null || size <= answer.body.length)
  const fault = await judgeStart(answer.body, { whole, rNotation })
  if (fault !== undefined) throw wrong(fault)
  return { host: new URL(url).host, size, expiresAt: readPresignedUrl(url).expiresAt }
}

const wrong = (message: string) => new Problem('invalid', message, { fields: { source_url: [message] } })

/** 206, or 200 of a store that knows no ranges. */
async function askForStart({ outbound }: Needed, url: string): Promise<OutboundAnswer> {
  const ask = (headers = {}) =>
    outbound.send({
      url,
      method: 'GET',
      headers: { range: `bytes=0-${START_BYTES - 1}`, ...headers },
      timeoutMilliseconds: TIMEOUT_MS,
      answerBytesMax: START_BYTES,
    })
  let answer = await ask()
  // A connection that was kept may just have been closed by the store.
  if ('failure' in answer && answer.failure === 'unreachable') answer = await ask()
  if (!('failure' in answer) && isUnpacked(answer.headers)) answer = await ask(ACCEPT_PACKED)
  if ('failure' in answer) {
    if (answer.failure === 'timed_out') throw later('The store of source_url did not answer in time.')
    if (answer.failure === 'untrusted') throw wrong("The certificate of the URL's host is not valid.")
    throw wrong('The URL cannot be reached.')
  }
  const { status, headers } = answer
  if (status === 200 || status === 206) return answer
  if (status === 429 || status >= 500) {
    throw later(`The store of source_url is busy (it answered ${status}).`, headers['retry-after'])
  }
  throw wrong(wordsOf(status))
}

/** By the status alone: what a store writes beside it is nobody's to read. */
function wordsOf(status: number): string {
  if (status === 403 || status === 401) {
    return `The store refuses the URL (${status}): it has expired, was not signed for GET, or its key may not read the file.`
  }
  if (status === 404 || status === 410) return `There is no file behind the URL (${status}).`
  if (status === 416) return 'The file is empty.'
  if (status >= 300 && status < 400) {
    return `The URL leads somewhere else (${status}), as one does that was signed for another region: presign it for the region of its bucket.`
  }
  if (status === 400) return 'The store does not accept the URL (400): it has expired, or is not whole.'
  return `The store does not give the file (${status}).`
}

/** The caller has nothing to fix and should try again. */
function later(message: string, after?: string): Problem {
  const asked = /^\d{1,9}$/.test(after ?? '') ? Number(after) : RETRY_SECONDS
  const retryAfterSeconds = Math.min(Math.max(asked, 1), RETRY_SECONDS_MAX)
  return new Problem('unavailable', `${message} Try again later.`, { retryAfterSeconds })
}

function sizeOf({ status, headers, body, cut }: OutboundAnswer): number | null {
  const stated =
    status === 206
      ? /^bytes \d+-\d+\/(\d{1,15})$/.exec(headers['content-range'] ?? '')?.[1]
      : /^\d{1,15}$/.exec(headers['content-length'] ?? '')?.[0]
  if (stated !== undefined) return Number(stated)
  return status === 200 && !cut ? body.length : null
}

const TOO_LARGE = `The file is larger than ${SOURCE_BYTES_MAX / 1_024 ** 3} GB.`

const OTHER_HOST =
  'Files are fetched from Amazon S3, CloudFront, Google Cloud Storage, Azure Blob Storage, and hosts that the operator named.'
