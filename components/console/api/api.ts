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

/** What ended work of several requests. The message says first what was done by then, which stays done. */
export class PartlyDone extends ApiProblem {
  readonly done: string

  constructor(cause: Error, done: string) {
    const problem = cause instanceof ApiProblem ? cause : null
    super(problem?.status ?? 0, `${done} ${cause.message}`, {}, problem?.requestId ?? null, problem?.code)
    this.done = done
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

/**
 * Calls the partner API (`projects/` means `/api/v2/projects/`) or, with a path from the root, any other of ours, as the
 * person who is signed in. Fields of the body that are `JsonText` are sent as they are. Rejects with `ApiProblem` for a refusal and, with status 0, when there is no connection.
 */
export async function callApi<Answer>(
  path: string,
  { method = 'GET', query, body, signal, key, read }: Call<Answer> = {},
): Promise<Answer> {
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
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error
    throw new ApiProblem(0, 'The service could not be reached. Check the connection and try again.', {}, null)
  })
  const text = await response.text()
  if (response.ok && read) return read(text)
  const answer: unknown = parse(text)
  if (response.ok) return answer as Answer
  throw problemOf(response, answer)
}

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
const unexplained = (status: number): string =>
  status >= 500 ? `The service had a fault (${status}).` : `The service refused this (${status}).`

/** `{"detail": "…"}`, or `{"field": ["…"]}`. */
function problemOf(response: Response, answer: unknown): ApiProblem {
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
      : (first?.[0] ?? unexplained(response.status))
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
