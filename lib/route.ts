import { isOutage } from '#lib/platform/db/is-outage.ts'
import { isProblem, Problem } from '#lib/problem.ts'
import { authenticateApiKey } from '#lib/projects/authenticate-api-key.ts'
import type { Caller } from '#lib/projects/caller.ts'
import { demandRight } from '#lib/projects/caller.ts'
import type { Right } from '#lib/projects/role.ts'
import { type Services, services } from '#lib/services.ts'
import { PROTO, type UploadProblem } from '#lib/sessions/wire.ts'

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
type Method = (typeof METHODS)[number]

export interface Context {
  services: Services
  request: Request
  params: Record<string, string>
  requestId: string
}

type Handler<Extra = object> = (context: Context & Extra) => Promise<Response>
type NextHandler = (
  request: Request,
  context: { params: Promise<Record<string, string>> },
) => Promise<Response>

/** Who may call: an API key whose role holds this right. */
interface Guarded {
  right: Right
  run: Handler<{ caller: Caller }>
}

/**
 * One path of the partner API: who may call each method, and what it does. Every other method answers 405, every
 * refusal is JSON in Django REST's shape, and every answer carries `Request-Id` and is not cached.
 */
export function partnerApi(methods: Partial<Record<Method, Guarded>>): Record<Method, NextHandler> {
  return forEachMethod(
    (method) => async (context) => {
      const guarded = methods[method]
      if (!guarded) throw notAllowed(method)
      const caller = await authenticateApiKey(context.services, context.request.headers.get('authorization'))
      demandRight(caller, guarded.right)
      return guarded.run({ ...context, caller })
    },
    partnerRefusal,
  )
}

/** One path of the page's own protocol. Refusals are `UploadProblem`s. */
export function pageApi(methods: Partial<Record<Method, Handler>>): Record<Method, NextHandler> {
  return forEachMethod(
    (method) => async (context) => {
      const run = methods[method]
      if (!run) throw notAllowed(method)
      return run(context)
    },
    pageRefusal,
  )
}

const notAllowed = (method: string) => new Problem('method_not_allowed', `Method "${method}" not allowed.`)

type Refusal = (problem: Problem, requestId: string) => unknown

/** `{"field": ["…"]}` or `{"detail": "…"}`. */
const partnerRefusal: Refusal = (problem) => problem.fields ?? { detail: problem.message }

const pageRefusal: Refusal = (problem, requestId): UploadProblem => ({
  proto: PROTO,
  reason: problem.reason ?? (problem.code === 'unavailable' ? 'service_unavailable' : 'internal_error'),
  detail: problem.message,
  request_id: requestId,
})

function forEachMethod(
  handlerOf: (method: Method) => Handler,
  refusal: Refusal,
): Record<Method, NextHandler> {
  const wrap =
    (method: Method): NextHandler =>
    async (request, { params }) => {
      const requestId = request.headers.get('request-id') ?? crypto.randomUUID()
      const response = await answer(handlerOf(method), request, await params, requestId, refusal)
      response.headers.set('Request-Id', requestId)
      response.headers.set('Cache-Control', 'no-store')
      return response
    }
  return Object.fromEntries(METHODS.map((method) => [method, wrap(method)])) as Record<Method, NextHandler>
}

async function answer(
  handler: Handler,
  request: Request,
  params: Record<string, string>,
  requestId: string,
  refusal: Refusal,
): Promise<Response> {
  try {
    return await handler({ services: services(), request, params, requestId })
  } catch (error) {
    const problem = isProblem(error) ? error : await explain(error, requestId)
    return Response.json(refusal(problem, requestId), {
      status: problem.status,
      headers: refusalHeaders(problem),
    })
  }
}

/** What was not refused on purpose: an outage says to try again; anything else is our fault, logged, and named by its id. */
async function explain(error: unknown, requestId: string): Promise<Problem> {
  services().log.error({ err: error, request_id: requestId }, 'request failed')
  if (isOutage(error)) {
    return new Problem('unavailable', 'Service temporarily unavailable, try again later.', {
      reason: 'service_unavailable',
      retryAfterSeconds: 5,
    })
  }
  return new Problem('internal', `A server error occurred. Request id: ${requestId}.`)
}

function refusalHeaders(problem: Problem): Record<string, string> {
  return {
    ...(problem.retryAfterSeconds === undefined ? {} : { 'Retry-After': String(problem.retryAfterSeconds) }),
    ...(problem.status === 401 ? { 'WWW-Authenticate': 'Api-Key realm="api"' } : {}),
  }
}
