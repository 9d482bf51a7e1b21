import { Problem } from '#lib/problem.ts'
import type { ReadFile } from '../content/fastq-fault.ts'
import { LANE_REST_SECONDS_MAX } from './limits.ts'

/** Statuses of a storage that is busy or unwell, and may answer the same request a little later. */
const PASSING = [408, 425, 429]

/** An answer that holds no bytes of the file, but may the next time. */
export interface Passing {
  /** In words, for the note when patience ends. */
  why: string
  /** How long the storage asks to be left alone; 0: it does not say. */
  afterSeconds?: number
}

interface RefusedAnswer {
  file: ReadFile
  status: number
  headers: Record<string, string>
  /** When the URL stops working at the latest; null: it does not say. */
  expiresAt: Date | null
  now: Date
}

/**
 * What an answer that is neither 200 nor 206 means, by its status alone: storages word it in many ways. Throws a
 * `Problem` when asking again would not help; its message is the sample's note, with a code in front and no URL.
 */
export function judgeAnswer({ file, status, headers, expiresAt, now }: RefusedAnswer): Passing {
  if (PASSING.includes(status) || status >= 500) {
    return { why: `the storage answered with ${status}`, afterSeconds: retryAfter(headers, now) }
  }
  if (status >= 300 && status < 400) {
    return refuse(
      'source_moved',
      `${file}: the storage answered with a redirect (${status}), which is not followed. Sign the URL for the region and host where the file lies.`,
    )
  }
  if (expiresAt && expiresAt <= now) {
    return refuse(
      'source_expired',
      `${file}: the URL expired on ${minuteOf(expiresAt)}, before the file was fetched. Upload a URL that lasts longer, and run again.`,
    )
  }
  if (status === 404 || status === 410) {
    return refuse('source_missing', `${file}: there is no file at the URL any more (${status}).`)
  }
  // An expired GCS URL answers with 400.
  if (status === 400 || status === 401 || status === 403) {
    return refuse(
      'source_forbidden',
      `${file}: the storage refused access (${status}). The URL has expired, or the credentials that signed it have ended or lost their rights.`,
    )
  }
  return refuse('source_unexpected', `${file}: the storage answered with ${status}.`)
}

export function refuse(code: string, words: string): never {
  throw new Problem('unprocessable', `${code}: ${words}`)
}

/** `Retry-After` in seconds or as a date, within limits. */
function retryAfter(headers: Record<string, string>, now: Date): number {
  const text = headers['retry-after']
  if (text === undefined) return 0
  const seconds = /^\d+$/.test(text) ? Number(text) : (Date.parse(text) - now.getTime()) / 1_000
  return Math.min(LANE_REST_SECONDS_MAX, Math.max(0, seconds || 0))
}

const minuteOf = (time: Date): string => `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`
