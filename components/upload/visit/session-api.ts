import type { Detail, FileReason, Reason } from '#lib/genotype/reason.ts'
import { type NetworkTrouble, NO_TOKEN } from '#lib/sessions/embed-messages.ts'
import type { SessionView } from '#lib/sessions/wire.ts'
import type { Trouble } from '../sending/send-file.ts'
import { isOurs, isUploadProblem, secondsOf } from '../sending/server-answer.ts'
import type { ContactProblem } from './visit-model.ts'

const TIMEOUT_MS = 15_000

export type Answer =
  | { kind: 'view'; view: SessionView; askedAt: number }
  | { kind: 'refused'; reason: Reason }
  /** The trouble is null for what passes by itself. */
  | { kind: 'silent'; problem: ContactProblem; trouble: Trouble | null; retryAfterSeconds: number | null }

export interface Refusal {
  reason: FileReason
  detail: Detail | null
}

/** The page's own protocol. No call throws: every outcome, including a timeout after 15 seconds, is an `Answer`. */
export interface SessionApi {
  open(): Promise<Answer>
  state(): Promise<Answer>
  leave(reason: Reason): Promise<Answer>
  /** Tells the partner's timeline what keeps the file from arriving. */
  trouble(trouble: NetworkTrouble): Promise<Answer>
  /** Tells the partner's timeline why a file was refused here: a reason and a detail, nothing of the file. */
  refused(refusal: Refusal): Promise<Answer>
}

export interface ApiPorts {
  fetch: typeof fetch
  /** Monotonic milliseconds. */
  now(): number
  token: string
}

export function sessionApi(ports: ApiPorts): SessionApi {
  return {
    open: () => ask(ports, 'POST', 'open'),
    state: () => ask(ports, 'GET', 'state'),
    leave: (reason) => ask(ports, 'POST', 'leave', { reason }),
    trouble: (trouble) => ask(ports, 'POST', 'trouble', { trouble }),
    refused: ({ reason, detail }) => ask(ports, 'POST', 'refused', { reason, detail }),
  }
}

async function ask(ports: ApiPorts, method: string, path: string, body?: object): Promise<Answer> {
  const askedAt = ports.now()
  const abort = new AbortController()
  const timeout = setTimeout(() => abort.abort(), TIMEOUT_MS)
  try {
    const response = await ports.fetch(`/api/upload/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${ports.token}`,
        // Some proxies keep `Authorization` to themselves.
        'x-upload-token': ports.token,
        'content-type': 'application/json',
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
      credentials: 'omit',
      cache: 'no-store',
      // A hotel's login page answers with a redirect; our server never does.
      redirect: 'manual',
      referrerPolicy: 'no-referrer',
      // A report may be under way when the page leaves for the partner's.
      keepalive: body !== undefined,
      signal: abort.signal,
    })
    return await answerOf(response, askedAt)
  } catch {
    const trouble = { cause: 'no_answer', requestId: null } as const
    return { kind: 'silent', problem: 'no_reply', trouble, retryAfterSeconds: null }
  } finally {
    clearTimeout(timeout)
  }
}

async function answerOf(response: Response, askedAt: number): Promise<Answer> {
  const retryAfterSeconds = secondsOf(response.headers.get('retry-after'))
  const body: unknown = await response.json().catch(() => null)
  if (isView(body)) return { kind: 'view', view: body, askedAt }
  const requestId = isUploadProblem(body) ? body.request_id : response.headers.get('request-id')
  const silent = (problem: ContactProblem, cause: NetworkTrouble | null): Answer => {
    return { kind: 'silent', problem, trouble: cause && { cause, requestId }, retryAfterSeconds }
  }
  if (response.status === 429) return silent('busy', null)
  if (!isUploadProblem(body)) {
    // A gateway in front of us that cannot reach us is our fault, not the network's.
    if (response.status >= 500) return silent('service', 'gateway_error')
    return silent('foreign_reply', response.status >= 400 ? 'forbidden' : 'foreign_page')
  }
  if (response.status >= 500) return silent('service', 'service_error')
  // We sent one: something in between has removed it.
  if (body.detail === NO_TOKEN) return silent('token_removed', 'authorization_removed')
  return { kind: 'refused', reason: body.reason }
}

const isView = (body: unknown): body is SessionView =>
  isOurs(body) && typeof body.state === 'string' && typeof body.partner === 'object' && body.partner !== null
