import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import { createNoTelemetry } from './no-telemetry.ts'
import type { Telemetry } from './telemetry.ts'
import type { TelemetrySettings } from './telemetry-settings.ts'

/**
 * Monitoring as the environment configures it. What is off is not loaded. Rejects when the port for the numbers
 * cannot be had; a collector that is away later is logged, and changes nothing else.
 */
export async function createTelemetry(
  { metrics, traces, serviceName, resource: given }: TelemetrySettings,
  { version, log }: { version: string; log: Logger },
): Promise<Telemetry> {
  if (!metrics && !traces) return createNoTelemetry()
  const { diag, DiagLogLevel } = await import('@opentelemetry/api')
  const { resourceFromAttributes } = await import('@opentelemetry/resources')
  const { createOtelTelemetry } = await import('./create-otel-telemetry.ts')
  const warn = (message: string) => log.warn({ cause: message }, 'monitoring could not be reached')
  const silent = () => {}
  const logger = { error: warn, warn, info: silent, debug: silent, verbose: silent }
  diag.setLogger(logger, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true })
  const resource = resourceFromAttributes({
    'service.version': version,
    'service.instance.id': randomUUID(),
    ...given,
    'service.name': serviceName,
  })
  const telemetry = createOtelTelemetry({
    metrics: metrics && (await (await import('./open-metrics.ts')).openMetrics(metrics, resource)),
    traces: traces && (await import('./open-traces.ts')).openTraces(traces, resource),
  })
  const stop = metrics && (await import('./observe-process.ts')).observeProcess(telemetry)
  return {
    ...telemetry,
    async close() {
      stop?.()
      await telemetry.close()
    },
  }
}
