import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { expect, test } from 'vitest'
import { openMetrics } from './open-metrics.ts'

const resource = resourceFromAttributes({ 'service.name': 'test' })

async function aPort(): Promise<{ port: number; release(): Promise<unknown> }> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { port, release: () => new Promise((resolve) => server.close(resolve)) }
}

test('Prometheus reads what was counted, measured and looked at, and no value of what cannot be looked at', async () => {
  const { port, release } = await aPort()
  await release()
  const metrics = await openMetrics({ host: '127.0.0.1', port, readMsMax: 500 }, resource)
  metrics.count('arraydrop.session.events', { event: 'expired', reason: 'link_expired' })
  metrics.count('arraydrop.session.events', { event: 'expired', reason: 'link_expired' }, 2)
  metrics.record('arraydrop.run.duration', 0.3, { kind: 'array', outcome: 'succeeded' })
  metrics.observe('arraydrop.sessions', async () => [{ value: 7, labels: { state: 'opened' } }])
  metrics.observe('arraydrop.webhook.backlog', () => Promise.reject(new Error('the database is away')))
  metrics.observe('arraydrop.disk.free', () => new Promise(() => {}))
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
  expect(text).toContain('arraydrop_session_events_total{event="expired",reason="link_expired"} 3')
  expect(text).toContain(
    'arraydrop_run_duration_seconds_bucket{kind="array",outcome="succeeded",le="0.25"} 0',
  )
  expect(text).toContain('arraydrop_run_duration_seconds_bucket{kind="array",outcome="succeeded",le="0.5"} 1')
  expect(text).toContain('arraydrop_sessions{state="opened"} 7')
  expect(text).not.toMatch(/^arraydrop_webhook_backlog[ {]/m)
  expect(text).not.toMatch(/^arraydrop_disk_free_bytes[ {]/m)
  await metrics.close()
})

test('A port that is taken is named, with what to do about it', async () => {
  const { port, release } = await aPort()
  const opening = openMetrics({ host: '127.0.0.1', port }, resource)
  await expect(opening).rejects.toThrow(
    new RegExp(`127\\.0\\.0\\.1:${port} \\(EADDRINUSE\\).*OTEL_EXPORTER_PROMETHEUS_PORT`),
  )
  await release()
})
