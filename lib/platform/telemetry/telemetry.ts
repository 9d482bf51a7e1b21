import type { COUNTERS, GAUGES, HISTOGRAMS } from './metrics.ts'

export type CounterName = keyof typeof COUNTERS
export type HistogramName = keyof typeof HISTOGRAMS
export type GaugeName = keyof typeof GAUGES

type Definitions = typeof COUNTERS & typeof HISTOGRAMS & typeof GAUGES
/** Exactly the labels that a metric is defined with. */
export type Labels<Name extends keyof Definitions> = Record<Definitions[Name]['labels'][number], string>

/** One value of what is looked at, with its labels. */
export interface Reading<Name extends GaugeName> {
  value: number
  labels: Labels<Name>
}

/** What a span may say: ids that we made at random, words of closed lists, numbers. Nothing that came from outside. */
export type Attributes = Record<string, string | number>

export interface SpanOptions {
  /** What another process said with `traceparent()`; else the span belongs to the one it is called in. */
  parent?: string | undefined
  kind?: 'internal' | 'server' | 'consumer'
  attributes?: Attributes
}

/** Reports to monitoring. Never throws, waits, or affects what it reports on. */
export interface Telemetry {
  /** It happened, once or `by` times. */
  count<Name extends CounterName>(name: Name, labels: Labels<Name>, by?: number): void
  /** One of many, in the unit that the metric is defined with. */
  record<Name extends HistogramName>(name: Name, value: number, labels: Labels<Name>): void
  /** Call `read` at every scrape; while it rejects, there is no value. */
  observe<Name extends GaugeName>(name: Name, read: () => Reading<Name>[] | Promise<Reading<Name>[]>): void
  /** Do some work as a span. An error is named in it by its kind, never by its message, and passed on. */
  span<T>(name: string, work: () => Promise<T>, options?: SpanOptions): Promise<T>
  /** Say more about the span under way. */
  annotate(attributes: Attributes): void
  /** Handle one request: measured and traced under the route that is named meanwhile. `answer` resolves to the status. */
  request(method: string, requestId: string, answer: () => Promise<number>): Promise<void>
  /** The pattern of the route that answers the request under way; a later name replaces an earlier one. */
  nameRoute(pattern: () => string): void
  /** The span under way, as W3C Trace Context writes it, for another process to continue. */
  traceparent(): string | undefined
  /** What a log line says of the span under way. */
  logFields(): { trace_id?: string; span_id?: string }
  /** Send what is pending, and stop serving metrics. */
  close(): Promise<void>
}
