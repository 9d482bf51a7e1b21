import { SpanKind } from '@opentelemetry/api'
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node'
import { beforeEach, expect, test } from 'vitest'
import { createOtelTelemetry } from './create-otel-telemetry.ts'
import type { Telemetry } from './telemetry.ts'

const MARKER = 'planted-Anna-Muster.zip'

const exporter = new InMemorySpanExporter()
const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })
const traces = { tracer: provider.getTracer('test'), close: () => provider.shutdown() }
const recorded: unknown[][] = []
const metrics: Pick<Telemetry, 'count' | 'record' | 'observe' | 'close'> = {
  count() {},
  record: (...told) => recorded.push(told),
  observe() {},
  async close() {},
}
const telemetry = createOtelTelemetry({ metrics, traces })
beforeEach(() => {
  exporter.reset()
  recorded.length = 0
})

const spans = () => exporter.getFinishedSpans()
const named = (name: string) => spans().find((span) => span.name === name)!

test('A span belongs to the one it is called in, however much is awaited between them', async () => {
  await telemetry.span('outer', async () => {
    await new Promise(setImmediate)
    await Promise.all([
      telemetry.span('first', async () => {}),
      telemetry.span('second', async () => telemetry.annotate({ 'sample.id': 's' })),
    ])
  })
  const { spanId, traceId } = named('outer').spanContext()
  for (const name of ['first', 'second']) {
    expect(named(name).parentSpanContext?.spanId).toBe(spanId)
    expect(named(name).spanContext().traceId).toBe(traceId)
  }
  expect(named('second').attributes).toEqual({ 'sample.id': 's' })
  expect(named('outer').attributes).toEqual({})
  expect(telemetry.traceparent()).toBeUndefined()
})

test('A trace goes on where its traceparent is carried to, and a text that is none begins another', async () => {
  const carried = await telemetry.span('here', async () => telemetry.traceparent())
  await telemetry.span('elsewhere', async () => {}, { parent: carried, kind: 'consumer' })
  expect(named('elsewhere').parentSpanContext?.spanId).toBe(named('here').spanContext().spanId)
  expect(named('elsewhere').kind).toBe(SpanKind.CONSUMER)
  for (const parent of ['', MARKER, `00-${'0'.repeat(32)}-${'0'.repeat(16)}-01`]) {
    exporter.reset()
    await telemetry.span('alone', async () => {}, { parent })
    expect(named('alone').parentSpanContext).toBeUndefined()
  }
})

test('An error is passed on, and its span says what kind it was and none of its words', async () => {
  const error = Object.assign(new Error(`no such file: ${MARKER}`), { code: 'ENOENT' })
  await expect(telemetry.span('broken', () => Promise.reject(error))).rejects.toBe(error)
  expect(named('broken').attributes).toEqual({ 'error.type': 'ENOENT' })
  expect(JSON.stringify([named('broken').status, named('broken').events])).not.toContain(MARKER)
})

test('A request is measured and traced by the last route it was given, and by one of few methods', async () => {
  await telemetry.request('POST', 'r-1', async () => {
    telemetry.nameRoute(() => '*')
    await telemetry.span('verb', async () => telemetry.nameRoute(() => '/api/v2/samples/{sampleId}'))
    return 201
  })
  await telemetry.request(MARKER, 'r-2', async () => 404)
  await expect(telemetry.request('GET', 'r-3', () => Promise.reject(new Error(MARKER)))).rejects.toThrow()
  expect(recorded.map(([name, , labels]) => [name, labels])).toEqual(
    [
      { 'http.request.method': 'POST', 'http.route': '/api/v2/samples/{sampleId}', status_class: '2xx' },
      { 'http.request.method': '_OTHER', 'http.route': '*', status_class: '4xx' },
      { 'http.request.method': 'GET', 'http.route': '*', status_class: '5xx' },
    ].map((labels) => ['http.server.request.duration', labels]),
  )
  const served = named('POST /api/v2/samples/{sampleId}')
  expect(served.attributes).toMatchObject({ 'http.response.status_code': 201, 'request.id': 'r-1' })
  expect(named('verb').parentSpanContext?.spanId).toBe(served.spanContext().spanId)
  expect(JSON.stringify(spans().map(({ name, attributes }) => [name, attributes]))).not.toContain(MARKER)
})

test('Routes are known without traces, too', async () => {
  const measuring = createOtelTelemetry({ metrics, traces: undefined })
  await measuring.request('GET', 'r', async () => {
    await measuring.span('verb', async () => measuring.nameRoute(() => '/docs'))
    expect(measuring.traceparent()).toBeUndefined()
    expect(measuring.logFields()).toEqual({})
    return 200
  })
  expect(recorded[0]?.[2]).toMatchObject({ 'http.route': '/docs' })
})

test('Log lines within a span name it', async () => {
  await telemetry.span('logged', async () => {
    const { traceId, spanId } = (({ trace_id, span_id }) => ({ traceId: trace_id, spanId: span_id }))(
      telemetry.logFields(),
    )
    expect(telemetry.traceparent()).toBe(`00-${traceId}-${spanId}-01`)
  })
})
