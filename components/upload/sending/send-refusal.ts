import { type Reason, SERVICE_REASONS } from '#lib/genotype/reason.ts'
import { problemIn, secondsOf } from './server-answer.ts'

/** What an error of the transfer means: the server said no, or it is worth another try. */
export type SendTrouble =
  | { kind: 'refused'; reason: Reason }
  | { kind: 'retry'; afterSeconds: number | null; ours: boolean; foreign: boolean }

/** The parts of an HTTP response that matter here. */
export interface FailedAnswer {
  status: number
  body: string
  retryAfter: string | undefined
  /** The response speaks tus, so it comes from our server and not from something in between. */
  speaksTus: boolean
}

/** A longer wait than this is shown to the person as a refusal. */
const RETRY_AFTER_SECONDS_MAX = 120
/** Statuses of tus or a gateway that are temporary and not about the file: a lock, a moved offset, too many requests. */
const OF_THE_MOMENT = [408, 409, 423, 425, 429, 502, 503, 504]

/**
 * Only a refusal from our own server is final. Everything else (no response, a login page, a gateway, a lock) is tried
 * again; `ours` marks errors of our server, which the caller counts, and `foreign` a response from something in
 * between, which may not support the request's method.
 */
export function sendTrouble(answer: FailedAnswer | null): SendTrouble {
  if (!answer) return { kind: 'retry', afterSeconds: null, ours: false, foreign: false }
  const problem = problemIn(answer.body)
  const afterSeconds = secondsOf(answer.retryAfter)
  const aboutService = problem !== null && SERVICE_REASONS.some((reason) => reason === problem.reason)
  const tooLong = problem !== null && (afterSeconds ?? 0) > RETRY_AFTER_SECONDS_MAX
  if (problem && (!aboutService || tooLong)) return { kind: 'refused', reason: problem.reason }
  const ofTheMoment = OF_THE_MOMENT.includes(answer.status)
  const fromUs = problem !== null || answer.speaksTus
  return { kind: 'retry', afterSeconds, ours: fromUs && !ofTheMoment, foreign: !fromUs && !ofTheMoment }
}
