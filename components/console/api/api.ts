import { writeBody } from './json-text.ts'

/** A request that the API refused, with its message. */
export class ApiProblem extends Error {
  readonly status: number
  /** Messages by field, under the field's name on the wire. */
  readonly fields: Record<string, string[]>
  readonly requestId: string | null
  /** For refusals that the console tells from others of the same status. */
  readonly code: string | null

  constructor(
    status: number,
    message: string,
    fields: Record<string, string[]>,
    requestId: string | null,
    code: string | null = null,
  ) {
    super(message)
    this.name = 'ApiProblem'
    this.status = status
    this.fields = fields
    this.requestId = requestId
    this.code = code
  }
}

/** A change refused for want of a session, whose answer was lost when it was tried before: it may have been made then. */
export class LostBefore extends ApiProblem {}

/** What ended work of several requests. The message says first what was done by then, which stays done. */
export class PartlyDone extends ApiProblem {
  readonly done: string
  override readonly cause: Error

  constructor(cause: Error, done: string) {
    const problem = cause instanceof ApiProblem ? cause : null
    super(problem?.status ?? 0, `${done} ${cause.message}`, {}, problem?.requestId ?? null, problem?.code)
    this.done = done
    this.cause = cause
  }
}

export type Query = Record<string, string | number | boolean | null | undefined>
export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'

/** One page of a list. */
export interface Page<Item> {
  meta: { count: number; next: string | null; previous: string | null; more?: boolean }
  results: Item[]
}

interface Call<Answer> {
  method?: Method
  query?: Query | undefined
  body?: unknown
  signal?: AbortSignal
  /** `Idempotency-Key`: a repetition gets the first answer, and nothing is done twice. */
  key?: string | undefined
  /** Reads the text of the answer; without it, JSON becomes a value. */
  read?: ((text: string) => Answer) | undefined
}

let person: string | null = null

/**
 * Whom this document is shown to, by their id. Every request names them from then on, and the service refuses it with
 * `another_person` once somebody else has signed in in this browser, in another tab.
 */
export const actOnlyFor = (id: string | null): void => {
  person = id
}

/** Changes, by method and path, that had no answer or a fault and have not succeeded since. */
const lost = new Set<string>()

/**
 * Calls the partner API (`projects/` means `/api/v2/projects/`) or, with a path from the root, any other of ours, as the
 * person who is signed in. Fields of the body that are `JsonText` are sent as they are. Rejects with `ApiProblem` for a refusal and, with status 0, when there is no answer.
 */
export async function callApi<Answer>(
  path: string,
  { method = 'GET', query, body, signal, key, read }: Call<Answer> = {},
): Promise<Answer> {
  const change = method === 'GET' ? null : `${method} ${path}`
  // What begins without a connection and gets no answer was never sent, but an earlier try of it may have been.
  const wasOffline = change !== null && !lost.has(change) && isOffline()
  const losing = <Lost extends Error>(error: Lost): Lost => {
    if (change !== null) lost.add(change)
    return error
  }
  const unanswered = (error: unknown): never => {
    if (signal?.aborted) throw losing(error as Error)
    if (wasOffline) throw new ApiProblem(0, OFFLINE, {}, null, NOT_SENT)
    throw losing(new ApiProblem(0, unansweredWords(method, key), {}, null))
  }
  const response = await fetch(addressOf(path, query), {
    method,
    credentials: 'same-origin',
    cache: 'no-store',
    signal: signal ?? null,
    headers: {
      ...(person === null ? {} : { 'Console-Person': person }),
      ...(key === undefined ? {} : { 'Idempotency-Key': key }),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    },
    body: body === undefined ? null : writeBody(body),
  }).catch(unanswered)
  const text = await response.text().catch(unanswered)
  if (response.ok && change !== null) lost.delete(change)
  if (response.ok && read) return read(text)
  const answer: unknown = parse(text)
  if (response.ok) return answer as Answer
  const problem = problemOf(response, answer, change === null || key !== undefined)
  if (problem.status >= 500) throw losing(problem)
  if (problem.status !== 401 || change === null || !lost.has(change)) throw problem
  throw new LostBefore(401, problem.message, problem.fields, problem.requestId, problem.code)
}

/** The code of a change that was not sent, for want of a connection or of what had to be known first. */
export const NOT_SENT = 'not_sent'
const OFFLINE = 'You are offline: this was not sent. Repeat it once you are connected.'

/** Whether the browser says that it has no connection. */
export const isOffline = (): boolean => navigator.onLine === false

/** What the person has to know of a request without an answer. A change may have been made, and only a key keeps it from being made twice. */
function unansweredWords(method: Method, key: string | undefined): string {
  if (method === 'GET') return 'The service could not be reached. Check the connection and try again.'
  const again = key === undefined ? MAY_BE_DONE : 'Check the connection and try again: nothing is done twice.'
  return `There is no answer from the service. ${again}`
}

const MAY_BE_DONE = 'It may have been done all the same: look whether it was before you repeat it.'

/** Path and query of a request, without empty and missing parameters. */
export function addressOf(path: string, query: Query = {}): string {
  const given = Object.entries(query).filter(
    ([, value]) => value !== undefined && value !== null && value !== '',
  )
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()
  return `${path.startsWith('/') ? path : `/api/v2/${path}`}${search ? `?${search}` : ''}`
}

function parse(text: string): unknown {
  try {
    return text === '' ? {} : JSON.parse(text)
  } catch {
    return {}
  }
}

/** For answers that are not ours: those of a proxy, or of a service that is starting. */
const unexplained = (status: number, repeatable: boolean): string =>
  status < 500
    ? `The service refused this (${status}).`
    : `The service had a fault (${status}).${repeatable ? '' : ` ${MAY_BE_DONE}`}`

/** `{"detail": "…"}`, or `{"field": ["…"]}`. Whether the request is `repeatable` matters where the service has not said what became of it. */
function problemOf(response: Response, answer: unknown, repeatable: boolean): ApiProblem {
  const members = Object.entries((answer ?? {}) as Record<string, unknown>)
  // Only a refusal is about fields; lists in a fault are not ours.
  const fields = Object.fromEntries(
    members.filter(
      (member): member is [string, string[]] => response.status < 500 && Array.isArray(member[1]),
    ),
  )
  const detail = members.find(([name]) => name === 'detail')?.[1]
  const [first] = Object.values(fields)
  const message =
    typeof detail === 'string'
      ? detail + rolesInWords(response)
      : (first?.[0] ?? unexplained(response.status, repeatable))
  const code = members.find(([name]) => name === 'code')?.[1]
  return new ApiProblem(
    response.status,
    message,
    fields,
    response.headers.get('request-id'),
    typeof code === 'string' ? code : null,
  )
}

/** For a 403: which role is needed, and which one this person has. */
function rolesInWords({ headers }: Response): string {
  const needed = headers.get('role-needed')
  return needed === null ? '' : ` Role needed: ${needed}. Yours: ${headers.get('role-held')}.`
}
