import type { Attributes, Counter, Histogram, MetricOptions } from '@opentelemetry/api'
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus'
import type { Resource } from '@opentelemetry/resources'
import { MeterProvider } from '@opentelemetry/sdk-metrics'
import { settleWithin } from '../settle-within.ts'
import { StartRefusal } from '../start-refusal.ts'
import { COUNTERS, GAUGES, HISTOGRAMS, type MetricDefinition } from './metrics.ts'
import type { Telemetry } from './telemetry.ts'

type Metrics = Pick<Telemetry, 'count' | 'record' | 'observe' | 'close'>

/** A database that hangs must not make a scrape fail, nor a probe that asks for the metrics. */
const READ_MS_MAX = 3_000

/** Prometheus writes units out, and at the end of names; the exporter leaves that to us. */
const UNITS: Record<string, string> = { s: 'seconds', By: 'bytes' }

/**
 * Numbers for Prometheus, on a port of their own that only monitoring reaches. Rejects when the port cannot be had.
 * Imported only where it is wanted: the SDK costs memory.
 */
export async function openMetrics(
  { host, port, readMsMax = READ_MS_MAX }: { host: string; port: number; readMsMax?: number },
  resource: Resource,
): Promise<Metrics> {
  const exporter = new PrometheusExporter({
    host,
    port,
    preventServerStart: true,
    withoutScopeInfo: true,
  })
  await exporter.startServer().catch((error: unknown) => {
    const why = (error as { code?: string }).code ?? 'error'
    throw new StartRefusal(
      `Metrics cannot be offered on ${host}:${port} (${why}): each process on a machine needs an OTEL_EXPORTER_PROMETHEUS_PORT of its own.`,
    )
  })
  const provider = new MeterProvider({ resource, readers: [exporter] })
  const meter = provider.getMeter('arraydrop')
  const counters = each(COUNTERS, (name, definition) => meter.createCounter(...tellOf(name, definition)))
  const histograms = each(HISTOGRAMS, (given, definition) => {
    const [name, told] = tellOf(given, definition)
    const advice = { explicitBucketBoundaries: [...(definition.buckets ?? [])] }
    return meter.createHistogram(name, { ...told, advice })
  })
  return {
    count: (name, labels, by = 1) => (counters[name] as Counter).add(by, labels as Attributes),
    record: (name, value, labels) => (histograms[name] as Histogram).record(value, labels as Attributes),
    observe(name, read) {
      const definition: MetricDefinition = GAUGES[name]
      const told = tellOf(name, definition)
      const gauge = definition.grows
        ? meter.createObservableCounter(...told)
        : meter.createObservableGauge(...told)
      gauge.addCallback(async (result) => {
        // No value is better than an old one, and one that fails or hangs must not keep the others from being told.
        const readings = await settleWithin(readMsMax, Promise.resolve().then(read))
        for (const { value, labels } of readings ?? []) result.observe(value, labels as Attributes)
      })
    },
    close: () => provider.shutdown(),
  }
}

/** Name and options of an instrument. */
function tellOf(name: string, { description, unit }: MetricDefinition): [string, MetricOptions] {
  if (unit === undefined) return [name, { description }]
  const written = UNITS[unit] ?? unit
  return [`${name}.${written}`, { description, unit: written }]
}

function each<Name extends string, Made>(
  definitions: Record<Name, MetricDefinition>,
  make: (name: string, definition: MetricDefinition) => Made,
): Record<Name, Made> {
  const entries = Object.entries<MetricDefinition>(definitions)
  return Object.fromEntries(entries.map(([name, definition]) => [name, make(name, definition)])) as Record<
    Name,
    Made
  >
}
