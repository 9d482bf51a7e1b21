import { ApiProblem, LostBefore, NOT_SENT, PartlyDone } from './api.ts'

/**
 * What the person can do about a refusal that does not say so itself, by its status. What conflicts (409) does say it, and the
 * page then shows how things are now: what is shown is requested again.
 */
const NEXT_STEPS: Record<number, string> = {
  401: 'Sign in again, then repeat this.',
  403: 'Ask an owner of this service for a role that allows it.',
  404: 'It may have been deleted: reload the page.',
  429: 'Wait a minute, then try again.',
}

const FAULT_STEP = 'Try again in a minute; if it happens again, tell the people who run this service.'

/** Whether the session of the person has ended, or become another person's. */
export const hasEnded = (error: Error): boolean => error instanceof ApiProblem && error.status === 401

/** Whether somebody else has signed in in this browser since. */
export const isAnothers = (error: Error): boolean =>
  error instanceof ApiProblem && error.code === 'another_person'

/** Whether a change was not sent at all, nor is sent later by itself. */
export const wasNotSent = (error: Error): boolean => error instanceof ApiProblem && error.code === NOT_SENT

/** Whether there was no answer of the service, or one that tells of its fault: it is not known whether a change was made. */
export const isLost = (error: Error): boolean =>
  !(error instanceof ApiProblem) || (!wasNotSent(error) && (error.status === 0 || error.status >= 500))

/** Whether the same request could succeed later, without the person. */
export const mayPass = (error: Error): boolean =>
  isLost(error) || (error instanceof ApiProblem && error.status === 429)

/** Whether it was refused for how things are now. */
export const conflicts = (error: Error): boolean => error instanceof ApiProblem && error.status === 409

/** Whether a change may have been made although it was answered with this, or not at all. */
export const mayHaveBeenDone = (error: Error): boolean => isLost(error) || conflicts(error)

/** Whether there is nothing for this person at an address. A malformed id is refused with 400, and leads nowhere just the same. */
export const leadsNowhere = (error: Error | null): boolean =>
  error instanceof ApiProblem && [400, 403, 404].includes(error.status)

/** Of the change before a session was found to have ended, when that change had no answer. */
export const UNANSWERED = sayUnanswered('What you did last')

/** What became of a change that was refused because the session of the person had ended. */
export function sayRefused(error: Error): string {
  const [done, what, cause] =
    error instanceof PartlyDone
      ? [`${error.done} `, 'The rest', error.cause]
      : ['', 'What you did last', error]
  return cause instanceof LostBefore
    ? `${done}${sayUnanswered(what)}`
    : `${done}${what} was not carried out: repeat it afterwards.`
}

function sayUnanswered(what: string): string {
  return `${what} may have been carried out when there was no answer: look before you repeat it.`
}

/** What went wrong and what to do next. Messages at fields say what to change. */
export function sayProblem(error: Error): string {
  if (!(error instanceof ApiProblem) || Object.keys(error.fields).length > 0) return error.message
  const step = error.status >= 500 ? FAULT_STEP : NEXT_STEPS[error.status]
  return step ? `${error.message} ${step}` : error.message
}

/** The same with the request's id for support. What a form shows at its fields needs none. */
export function wordsOf(error: Error): string {
  const id = error instanceof ApiProblem ? error.requestId : null
  return id === null ? sayProblem(error) : `${sayProblem(error)} (Request ${id})`
}
