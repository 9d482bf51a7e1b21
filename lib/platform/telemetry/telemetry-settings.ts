/** Where metrics and traces go, if anywhere. The variables have the names that OpenTelemetry defines. */
export interface TelemetrySettings {
  /** Where Prometheus asks for numbers: `/metrics` there. */
  metrics: { host: string; port: number } | undefined
  /** The base URL of an OTLP collector, without a trailing slash. */
  traces: { endpoint: string } | undefined
  /** What the whole service is called. */
  serviceName: string
  /** What the operator says about it besides: its environment, say. */
  resource: Record<string, string>
}

const PAIRS_MAX = 64

/** `key=value,key=value`, values percent-encoded, as OTEL_RESOURCE_ATTRIBUTES is written; undefined when it is not. */
export function parseResourceAttributes(list: string): Record<string, string> | undefined {
  const pairs = list.split(',')
  if (pairs.length > PAIRS_MAX) return undefined
  const resource: Record<string, string> = {}
  for (const pair of pairs) {
    const [, key, value] = /^\s*([\w./-]{1,255})\s*=([^,;"\\]{0,255})$/.exec(pair) ?? []
    if (key === undefined || value === undefined) return undefined
    try {
      resource[key] = decodeURIComponent(value.trim())
    } catch {
      return undefined
    }
  }
  return resource
}

/** A collector's http or https URL without user, query and fragment: credentials go into OTEL_EXPORTER_OTLP_HEADERS. */
export function isCollectorUrl(text: string): boolean {
  if (!URL.canParse(text) || /[?#]/.test(text)) return false
  const { protocol, username, password } = new URL(text)
  return /^https?:$/.test(protocol) && username === '' && password === ''
}
