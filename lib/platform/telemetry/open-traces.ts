import type { Tracer } from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import type { Resource } from '@opentelemetry/resources'
import { BatchSpanProcessor, NodeTracerProvider, type SpanExporter } from '@opentelemetry/sdk-trace-node'

/** A collector that hangs must not hold a stop for longer. */
const TIMEOUT_MS = 5_000

/**
 * Spans for an OTLP collector, sent every few seconds; what cannot be sent is dropped. The provider is not made known
 * to the whole process: Next would trace with it, and write the addresses it serves, tokens and all, into its spans.
 */
export function openTraces(
  { endpoint }: { endpoint: string },
  resource: Resource,
  exporter: SpanExporter = new OTLPTraceExporter({
    url: `${endpoint}/v1/traces`,
    timeoutMillis: TIMEOUT_MS,
  }),
): { tracer: Tracer; close(): Promise<void> } {
  const provider = new NodeTracerProvider({ resource, spanProcessors: [new BatchSpanProcessor(exporter)] })
  return { tracer: provider.getTracer('arraydrop'), close: () => provider.shutdown() }
}
