import type { Reason } from '#lib/genotype/reason.ts'
import { problemIn, secondsOf } from './session-api.ts'

/** What an error of the transfer means: the server said no, or it is worth another try. */
export type SendTrouble =
  | { kind: 'refused'; reason: Reason }
  | { kind: 'retry'; afterSeconds: number | null; ours: boolean }

/** The parts of an HTTP answer that decide. */
export interface FailedAnswer {
  status: number
  body: string
  retryAfter: string | undefined
  /** The answer speaks tus, so that it comes from our server and not from something in between. */
  speaksTus: boolean
}

const WORTH_RETRYING = [408, 409, 423, 425, 429]

/**
 * Only a refusal in our own words is a no. Everything else (no answer, a login page, a gateway, a lock) is tried
 * again; `ours` marks errors that our server keeps giving, which the caller counts.
 */
export function sendTrouble(answer: FailedAnswer | null): SendTrouble {
  if (!answer) return { kind: 'retry', afterSeconds: null, ours: false }
  const problem = problemIn(answer.body)
  const afterSeconds = secondsOf(answer.retryAfter)
  const transient = answer.status >= 500 || WORTH_RETRYING.includes(answer.status)
  if (problem && (!transient || problem.reason === 'already_uploaded')) {
    return { kind: 'refused', reason: problem.reason }
  }
  const ours =
    (problem !== null || answer.speaksTus) && answer.status !== 503 && !WORTH_RETRYING.includes(answer.status)
  return { kind: 'retry', afterSeconds, ours }
}
