import { type Reason, SERVICE_REASONS } from '#lib/genotype/reason.ts'
import { problemIn, secondsOf } from './server-answer.ts'

/** What an error of the transfer means: the server said no, or it is worth another try. */
export type SendTrouble =
  | { kind: 'refused'; reason: Reason }
  | { kind: 'retry'; afterSeconds: number | null; ours: boolean; foreign: boolean }

/** The parts of an HTTP answer that decide. */
export interface FailedAnswer {
  status: number
  body: string
  retryAfter: string | undefined
  /** The answer speaks tus, so that it comes from our server and not from something in between. */
  speaksTus: boolean
}

/** Waiting longer than this is no waiting any more: the person is told. */
const RETRY_AFTER_SECONDS_MAX = 120
/** Said by tus or by a gateway about the moment, not about the file: a lock, an offset that moved on, too many requests. */
const OF_THE_MOMENT = [408, 409, 423, 425, 429, 502, 503, 504]

/**
 * Only a refusal in our own words is a no. Everything else (no answer, a login page, a gateway, a lock) is tried
 * again; `ours` marks errors that our server keeps giving, which the caller counts, and `foreign` an answer of somebody
 * in between, who may not know the request's method.
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
