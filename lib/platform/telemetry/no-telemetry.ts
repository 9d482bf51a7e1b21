import type { Telemetry } from './telemetry.ts'

/** Monitoring is off: nothing is reported, kept or loaded. */
export const createNoTelemetry = (): Telemetry => ({
  count() {},
  record() {},
  observe() {},
  span: (_name, work) => work(),
  annotate() {},
  async request(_method, _requestId, answer) {
    await answer()
  },
  nameRoute() {},
  traceparent: () => undefined,
  logFields: () => ({}),
  async close() {},
})
