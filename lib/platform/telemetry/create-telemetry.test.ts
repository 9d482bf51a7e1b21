import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { readEnv } from '../env.ts'

/** Files of OpenTelemetry that a process of its own has loaded once it has its telemetry. */
async function loadedWith(environment: Record<string, string>): Promise<string[]> {
  const program = `
    import { createRequire } from 'node:module'
    import { createTelemetry } from '#lib/platform/telemetry/create-telemetry.ts'
    const settings = ${JSON.stringify(readEnv(environment).telemetry)}
    const telemetry = await createTelemetry(settings, { version: '0', log: console })
    await telemetry.close()
    console.log(JSON.stringify(Object.keys(createRequire(import.meta.url).cache)))`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program])
  return (JSON.parse(stdout) as string[]).filter((file) => file.includes('@opentelemetry'))
}

test('Nothing of OpenTelemetry is loaded unless it is wanted, and then no more than is wanted', async () => {
  expect(await loadedWith({})).toEqual([])
  const tracing = await loadedWith({ OTEL_TRACES_EXPORTER: 'otlp' })
  expect(tracing.some((file) => file.includes('exporter-trace-otlp-http'))).toBe(true)
  expect(tracing.filter((file) => file.includes('exporter-prometheus'))).toEqual([])
})
