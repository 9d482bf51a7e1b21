import { AsyncLocalStorage } from 'node:async_hooks'
import {
  type Context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api'
import type { Attributes, SpanOptions, Telemetry } from './telemetry.ts'
import { readTraceparent, writeTraceparent } from './trace-context.ts'

/** Where the code that is running belongs. */
interface Scope {
  span: Span | undefined
  /** The request that is being answered. */
  request: { route: string } | undefined
}

type Metrics = Pick<Telemetry, 'count' | 'record' | 'observe' | 'close'>
type Traces = { tracer: Tracer; close(): Promise<void> }

const KINDS = { internal: SpanKind.INTERNAL, server: SpanKind.SERVER, consumer: SpanKind.CONSUMER }
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
/** What OpenTelemetry calls a method that nobody knows. */
const OTHER_METHOD = '_OTHER'
const NO_ROUTE = '*'

/** `Telemetry` by OpenTelemetry: metrics, traces, or both; what is undefined is off. */
export function createOtelTelemetry({
  metrics,
  traces,
}: {
  metrics: Metrics | undefined
  traces: Traces | undefined
}): Telemetry {
  const scopes = new AsyncLocalStorage<Scope>()
  const spanNow = () => scopes.getStore()?.span

  const runSpan = <T>(
    name: string,
    work: () => Promise<T>,
    { parent, kind = 'internal', attributes = {} }: SpanOptions,
    request = scopes.getStore()?.request,
  ): Promise<T> => {
    const above = parent === undefined ? contextOf(spanNow()) : readTraceparent(parent)
    const span = traces?.tracer.startSpan(name, { kind: KINDS[kind], attributes }, above)
    return scopes.run({ span, request }, () => (span ? ended(span, work) : work()))
  }

  return {
    count: (...told) => metrics?.count(...told),
    record: (...told) => metrics?.record(...told),
    observe: (...told) => metrics?.observe(...told),
    span: (name, work, options = {}) => runSpan(name, work, options),
    annotate: (attributes) => void spanNow()?.setAttributes(attributes),
    request(given, requestId, answer) {
      const method = METHODS.includes(given) ? given : OTHER_METHOD
      const request = { route: NO_ROUTE }
      const begun = performance.now()
      const measured = async () => {
        let status = 500
        try {
          status = await answer()
        } finally {
          const { route } = request
          const asked = { 'http.request.method': method, 'http.route': route }
          const seconds = (performance.now() - begun) / 1_000
          metrics?.record('http.server.request.duration', seconds, {
            ...asked,
            status_class: classOf(status),
          })
          describe(spanNow(), `${method} ${route}`, { ...asked, 'http.response.status_code': status })
        }
      }
      // No header of a stranger decides what a span belongs to.
      return traces
        ? runSpan(method, measured, { kind: 'server', attributes: { 'request.id': requestId } }, request)
        : scopes.run({ span: undefined, request }, measured)
    },
    nameRoute(pattern) {
      const request = scopes.getStore()?.request
      if (request) request.route = pattern()
    },
    traceparent() {
      const span = spanNow()
      return span && writeTraceparent(span.spanContext())
    },
    logFields() {
      const span = spanNow()?.spanContext()
      return span ? { trace_id: span.traceId, span_id: span.spanId } : {}
    },
    async close() {
      await Promise.all([metrics?.close(), traces?.close()])
    },
  }
}

const contextOf = (span: Span | undefined): Context =>
  span ? trace.setSpan(ROOT_CONTEXT, span) : ROOT_CONTEXT

const classOf = (status: number): string => `${Math.floor(status / 100)}xx`

function describe(
  span: Span | undefined,
  name: string,
  attributes: Attributes & { 'http.response.status_code': number },
) {
  span?.updateName(name)
  span?.setAttributes(attributes)
  if (attributes['http.response.status_code'] >= 500) span?.setStatus({ code: SpanStatusCode.ERROR })
}

async function ended<T>(span: Span, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    // Messages may quote a request; kinds are ours or the libraries'.
    span.setAttribute('error.type', kindOf(error))
    span.setStatus({ code: SpanStatusCode.ERROR })
    throw error
  } finally {
    span.end()
  }
}

function kindOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return typeof error
  const { name, code } = error as { name?: unknown; code?: unknown }
  return typeof code === 'string' ? code : typeof name === 'string' ? name : 'Error'
}
