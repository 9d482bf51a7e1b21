import { type Reason, SERVICE_REASONS } from '#lib/genotype/reason.ts'
import type { NetworkTrouble } from '#lib/sessions/embed-messages.ts'
import { NO_TOKEN } from '#lib/sessions/embed-messages.ts'
import { problemIn, secondsOf } from './server-answer.ts'

/** What an error of the transfer means: the server said no, or it is worth another try. */
export type SendTrouble =
  | { kind: 'refused'; reason: Reason }
  | {
      kind: 'retry'
      afterSeconds: number | null
      /** An error that our own server keeps giving, which the caller counts. */
      ours: boolean
      /** What is in the way; null for what passes by itself: a lock, an offset that moved, too many requests. */
      trouble: NetworkTrouble | null
      /** Names the answer in the server's log, if it came from there. */
      requestId: string | null
    }

/** The parts of an HTTP response that matter here. */
export interface FailedAnswer {
  status: number
  body: string
  retryAfter: string | undefined
  /** The response speaks tus, so it comes from our server and not from something in between. */
  speaksTus: boolean
  requestId: string | undefined
}

/** A longer wait than this is shown to the person as a refusal. */
const RETRY_AFTER_SECONDS_MAX = 120
/** Said by tus about the moment, not about the file or the network: a lock, an offset that moved on, too many requests. */
const OF_THE_MOMENT = [408, 409, 423, 425, 429]
/** What tus answers when headers of a request did not arrive. */
const INCOMPLETE = [400, 403, 412, 415]
/** The reasons given with it: a header of the protocol, or the digest that a header carries. */
const OF_INCOMPLETE: readonly Reason[] = ['network_error', 'internal_error']

/**
 * Only a refusal in our own words is a no. Everything else (no answer, a login page, a gateway, a lock) is tried again,
 * and named by what can be known of it.
 */
export function sendTrouble(answer: FailedAnswer | null): SendTrouble {
  const retry = { kind: 'retry', afterSeconds: null, ours: false, requestId: null } as const
  if (!answer) return { ...retry, trouble: 'no_answer' }
  const problem = problemIn(answer.body)
  const afterSeconds = secondsOf(answer.retryAfter)
  const requestId = problem?.request_id ?? answer.requestId ?? null
  const named = { ...retry, afterSeconds, requestId }
  if (!problem) {
    const trouble = answer.speaksTus && OF_THE_MOMENT.includes(answer.status) ? null : foreignTrouble(answer)
    const counts = trouble !== null && trouble !== 'headers_removed'
    return { ...named, ours: answer.speaksTus && answer.status >= 400 && counts, trouble }
  }
  if (problem.reason === 'link_invalid' && problem.detail === NO_TOKEN) {
    return { ...named, trouble: 'authorization_removed' }
  }
  const aboutService = SERVICE_REASONS.some((reason) => reason === problem.reason)
  const tooLong = (afterSeconds ?? 0) > RETRY_AFTER_SECONDS_MAX
  if (!aboutService || tooLong) return { kind: 'refused', reason: problem.reason }
  if (OF_THE_MOMENT.includes(answer.status)) return { ...named, trouble: null }
  // Our own page sends every header that tus asks for.
  if (OF_INCOMPLETE.includes(problem.reason) && INCOMPLETE.includes(answer.status)) {
    return { ...named, trouble: 'headers_removed' }
  }
  return { ...named, ours: answer.status !== 503, trouble: 'service_error' }
}

const OF_STATUS: Record<number, NetworkTrouble> = {
  405: 'method_blocked',
  411: 'length_required',
  413: 'body_too_large',
  431: 'headers_too_large',
  501: 'method_blocked',
}

/** What an answer that is not ours says about whatever wrote it. */
function foreignTrouble({ status, body, speaksTus }: FailedAnswer): NetworkTrouble {
  const known = OF_STATUS[status]
  if (known) return known
  if (speaksTus && INCOMPLETE.includes(status)) return 'headers_removed'
  if (status >= 500) return 'gateway_error'
  if (status >= 400) return 'forbidden'
  return speaksTus || !/^\s*</.test(body) ? 'headers_removed' : 'foreign_page'
}
