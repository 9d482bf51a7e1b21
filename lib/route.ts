import { z } from 'zod'
import { type Caller, callerId, demandRight } from '#lib/access/caller.ts'
import type { Right } from '#lib/access/role.ts'
import { answerAcrossTransactions } from '#lib/idempotency/answer-once.ts'
import { REQUESTS_PER_MINUTE } from '#lib/keys/request-limit.ts'
import {
  authenticate,
  authenticateSession,
  type BrowserRequest,
  demandOwnPage,
} from '#lib/people/authenticate.ts'
import { isDangling } from '#lib/platform/db/is-dangling.ts'
import { isOutage } from '#lib/platform/db/is-outage.ts'
import { ASKED_METHOD } from '#lib/platform/http/odd-request.ts'
import { isProblem, Problem } from '#lib/problem.ts'
import { readBody } from '#lib/read-body.ts'
import { patternOf } from '#lib/route-pattern.ts'
import { type Services, services } from '#lib/services.ts'
import { PROTO, type UploadProblem } from '#lib/sessions/wire.ts'
import { readQuery } from '#lib/wire/read-query.ts'

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
type Method = (typeof METHODS)[number]
/** The handlers of one path, under the names by which Next finds them; it runs GET for a HEAD. */
type Handlers = Record<Method | 'OPTIONS', NextHandler>

export interface Context {
  services: Services
  request: Request
  params: Record<string, string>
  requestId: string
  /** Of the client, as `TRUST_PROXY` has it. */
  address: string
}

type Handler<Extra = object> = (context: Context & Extra) => Promise<Response>
type NextHandler = (
  request: Request,
  // For a path without parameters, Next's promise resolves to nothing.
  context: { params: Promise<Record<string, string> | undefined> },
) => Promise<Response>

interface Guarded {
  /** What the caller's role must allow; null: any signed-in caller. */
  right: Right | null
  /**
   * For a POST with `Idempotency-Key`: the response is stored and repeated, unless `run` does so `itself`, or `never`,
   * because the response holds a secret.
   */
  idempotency?: 'itself' | 'never'
  /** `run` reads the query. Everywhere else one is refused. */
  query?: true
  run: Handler<{ caller: Caller }>
}

const NO_PARAMETERS = z.object({})
/** Every 503 says when to try again, whoever refused. */
const UNAVAILABLE_SECONDS = 5

/**
 * One path of the partner API: who may call each method, and what it does. Every other method returns 405 with
 * `Allow`, every refusal is JSON in Django REST's shape, and every response carries `Request-Id` and is not cached.
 */
export function partnerApi(methods: Partial<Record<Method, Guarded>>): Handlers {
  return forEachMethod(
    methods,
    (guarded, method) => async (context) => {
      const known = await authenticate(context.services, {
        authorization: context.request.headers.get('authorization'),
        address: context.address,
        browser: browserOf(context.request),
      })
      countRequest(context.services, known)
      const allowed = guarded.right === null ? known : demandRight(known, guarded.right)
      const caller = { ...allowed, ...tracesOf(context) }
      // A limit that was given there, by mistake for the body or for a list, would not hold.
      if (!guarded.query) readQuery(context.request, NO_PARAMETERS)
      const act = () => guarded.run({ ...context, caller })
      return method === 'POST' && guarded.idempotency === undefined ? actOnce(context, caller, act) : act()
    },
    partnerRefusal,
  )
}

/** One path of the partner API, of downloads, or of the health checks, for callers who have not signed in. */
export function signInApi(methods: Partial<Record<Method, Handler>>): Handlers {
  return forEachMethod(methods, (run) => run, partnerRefusal)
}

/**
 * One path of the console's own protocol, below `/api/auth`: for anyone, or with the signed-in person. Requests
 * from pages of other origins are refused, whatever the method.
 */
export function consoleApi(
  methods: Partial<Record<Method, { anybody: Handler } | { person: Handler<{ caller: Caller }> }>>,
): Handlers {
  return forEachMethod(
    methods,
    (declared) => async (context) => {
      const browser = browserOf(context.request)
      demandOwnPage(context.services.env.publicUrl, browser)
      if ('anybody' in declared) return declared.anybody(context)
      const known = await authenticateSession(context.services, browser)
      if (!known) throw new Problem('not_authenticated', 'You are not signed in, or your session has ended.')
      countRequest(context.services, known)
      return declared.person({ ...context, caller: { ...known, ...tracesOf(context) } })
    },
    partnerRefusal,
  )
}

/** What the audit trail notes of a request. */
const tracesOf = ({ requestId, address }: Context) => ({ requestId, address })

const addressOf = (request: Request) => request.headers.get('x-client-address') ?? ''

const browserOf = ({ method, headers }: Request): BrowserRequest => ({
  method,
  cookie: headers.get('cookie'),
  fetchSite: headers.get('sec-fetch-site'),
  origin: headers.get('origin'),
  shownTo: headers.get('console-person'),
})

/** Against the limit of the caller, and against those set for the keys that its own key was made with: more keys give no more requests. */
function countRequest({ limiter }: Services, caller: Caller): void {
  const own = { id: callerId(caller), limit: caller.requestsPerMinute ?? REQUESTS_PER_MINUTE }
  const makers = (caller.keys ?? []).flatMap(({ id, requestsPerMinute: limit }) =>
    limit === null || id === own.id ? [] : { id, limit },
  )
  for (const { id, limit } of [own, ...makers]) {
    const seconds = limiter.take(`caller ${id}`, limit, 60)
    if (seconds === undefined) continue
    throw new Problem('throttled', `Request was throttled. Expected available in ${seconds} seconds.`, {
      retryAfterSeconds: seconds,
    })
  }
}

/** With an `Idempotency-Key`, the response to its first request; without one, the response to this one. */
async function actOnce(
  { services, request, params }: Context,
  caller: Caller,
  act: () => Promise<Response>,
): Promise<Response> {
  const key = request.headers.get('idempotency-key')
  if (key === null) return act()
  const { pathname } = new URL(request.url)
  const fields = JSON.stringify(await readBody(request.clone()))
  const kept = await answerAcrossTransactions(
    services,
    caller,
    { key, request: `POST ${pathname.replace(/\/$/, '')} ${fields}`, sampleId: params.sampleId },
    async () => {
      const response = await act()
      return { status: response.status, body: await response.text() }
    },
  )
  return new Response(kept.body || null, {
    status: kept.status,
    headers: kept.body ? { 'Content-Type': 'application/json' } : {},
  })
}

/** The response, with cookies set. */
export function withCookies(response: Response, cookies: readonly string[]): Response {
  for (const cookie of cookies) response.headers.append('Set-Cookie', cookie)
  return response
}

/** One path of the page's own protocol. Refusals are `UploadProblem`s. */
export function pageApi(methods: Partial<Record<Method, Handler>>): Handlers {
  return forEachMethod(methods, (run) => run, pageRefusal)
}

type Refusal = (problem: Problem, requestId: string) => unknown

/** `{"field": ["…"]}`, or `{"detail": "…"}` with its further members. */
const partnerRefusal: Refusal = (problem) => problem.fields ?? { detail: problem.message, ...problem.beside }

const pageRefusal: Refusal = (problem, requestId): UploadProblem => ({
  proto: PROTO,
  reason: problem.reason ?? (problem.code === 'unavailable' ? 'service_unavailable' : 'internal_error'),
  detail: problem.message,
  request_id: requestId,
})

function forEachMethod<Declared>(
  declared: Partial<Record<Method, Declared>>,
  handlerOf: (declared: Declared, method: Method) => Handler,
  refusal: Refusal,
): Handlers {
  const allow = allowOf(METHODS.filter((method) => declared[method]))
  const wrap =
    (handler: Handler): NextHandler =>
    async (request, { params }) => {
      const requestId = request.headers.get('request-id') ?? crypto.randomUUID()
      const response = await answer(handler, request, (await params) ?? {}, requestId, refusal)
      response.headers.set('Request-Id', requestId)
      response.headers.set('Cache-Control', 'no-store')
      return response
    }
  const notAllowed: Handler = async ({ request: { method, headers } }) => {
    const asked = headers.get(ASKED_METHOD) ?? method
    throw new Problem('method_not_allowed', `Method "${asked}" not allowed.`, { allow })
  }
  const handlers = METHODS.map((method) => {
    const run = declared[method]
    return [method, wrap(run ? handlerOf(run, method) : notAllowed)]
  })
  // A method that only this server's parser knows arrives as OPTIONS.
  const options = wrap(async (context) =>
    (context.request.headers.get(ASKED_METHOD) ?? 'OPTIONS') === 'OPTIONS'
      ? new Response(null, { status: 204, headers: { Allow: allow } })
      : notAllowed(context),
  )
  return { ...Object.fromEntries(handlers), OPTIONS: options } as Handlers
}

/** What a path takes, for the `Allow` header (RFC 9110 10.2.1). */
function allowOf(methods: readonly Method[]): string {
  const head = methods.includes('GET') ? ['HEAD'] : []
  return [...methods, ...head, 'OPTIONS'].join(', ')
}

async function answer(
  handler: Handler,
  request: Request,
  params: Record<string, string>,
  requestId: string,
  refusal: Refusal,
): Promise<Response> {
  try {
    services().telemetry.nameRoute(() => patternOf(new URL(request.url).pathname, params))
    const address = addressOf(request)
    return await handler({ services: services(), request, params, requestId, address })
  } catch (error) {
    const problem = isProblem(error) ? error : await explain(error, requestId)
    return Response.json(refusal(problem, requestId), {
      status: problem.status,
      headers: refusalHeaders(problem),
    })
  }
}

/** Any other error: what was deleted at the same time is a conflict; an outage asks to try again; the rest are bugs, which are logged and named by the request id. */
async function explain(error: unknown, requestId: string): Promise<Problem> {
  if (isDangling(error)) {
    return new Problem('conflict', 'Something that this request refers to was deleted at the same time.')
  }
  services().log.error({ err: error, request_id: requestId }, 'request failed')
  if (isOutage(error)) {
    return new Problem('unavailable', 'Service temporarily unavailable, try again later.', {
      reason: 'service_unavailable',
      retryAfterSeconds: UNAVAILABLE_SECONDS,
    })
  }
  return new Problem('internal', `A server error occurred. Request id: ${requestId}.`)
}

function refusalHeaders(problem: Problem): Record<string, string> {
  const retryAfter = problem.retryAfterSeconds ?? (problem.status === 503 ? UNAVAILABLE_SECONDS : undefined)
  return {
    // What it means and what to do. The body keeps Gencove's form.
    Link: `</docs/errors/${problem.reason ?? problem.code}>; rel="help"`,
    ...(retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) }),
    ...(problem.status === 401
      ? { 'WWW-Authenticate': `${problem.beside ? 'Bearer' : 'Api-Key'} realm="api"` }
      : {}),
    ...(problem.roles === undefined
      ? {}
      : { 'Role-Needed': problem.roles.needed, 'Role-Held': problem.roles.held }),
    ...(problem.allow === undefined ? {} : { Allow: problem.allow }),
  }
}
