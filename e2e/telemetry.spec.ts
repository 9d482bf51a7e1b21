import { packZip } from '#lib/genotype/fixtures/pack-zip.ts'
import { synthesizeExport } from '#lib/genotype/fixtures/synthesize-export.ts'
import { freePort } from '#lib/testing/free-port.ts'
import { expect, ROWS_MIN, test } from './fixtures.ts'
import { asFile, type RawExport } from './raw/raw-export.ts'
import { openedPage, type RawPage } from './raw/raw-page.ts'
import { untilStatus } from './raw/sample-state.ts'
import { sendRequest } from './raw/send-request.ts'
import { startProcess } from './raw/start-process.ts'
import { type OtlpReceiver, startOtlpReceiver, type ToldSpan } from './service/otlp-receiver.ts'
import { partnerOf } from './service/partner.ts'
import { startService } from './service/start-service.ts'
import { startWebhookReceiver, subscribe } from './service/webhook-receiver.ts'

/** A marker in everything that a caller supplies. */
const MARKER = 'planted-Anna-Muster'
/** A trace that a stranger would like to be written into. */
const FOREIGN = { trace: 'ab'.repeat(16), span: 'cd'.repeat(8) }

type Numbers = (name: string, labels?: Record<string, string>) => number

/** What a process tells Prometheus: the sum of the series of one name that carry these labels. */
async function ask(port: number): Promise<{ text: string; sum: Numbers }> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
  const sum: Numbers = (name, labels = {}) =>
    text
      .split('\n')
      .filter((line) => line.split(/[{ ]/, 1)[0] === name)
      .filter((line) => Object.entries(labels).every(([key, value]) => line.includes(`${key}="${value}"`)))
      .reduce((total, line) => total + Number(line.slice(line.lastIndexOf(' '))), 0)
  return { text, sum }
}

/** A small export with a person's name as its file name. */
async function namedExport(): Promise<RawExport> {
  const { text } = synthesizeExport({ vendor: '23andme', rows: 1_200, seed: 8_800 })
  return asFile(await packZip([{ name: `genome_${MARKER}_Full.txt`, bytes: text }]))
}

/** Announced and sent by one POST, with everything beside it that must not get on. */
async function sendAtOnce(page: RawPage, { bytes, sha256 }: RawExport): Promise<void> {
  const encoded = (text: string) => Buffer.from(text).toString('base64')
  const sent = await page.send('POST', '/api/upload/files', {
    headers: {
      'Content-Type': 'application/offset+octet-stream',
      'Upload-Length': String(bytes.length),
      'Upload-Metadata': `sha256 ${encoded(sha256)},filename ${encoded(`${MARKER}.zip`)}`,
      traceparent: `00-${FOREIGN.trace}-${FOREIGN.span}-01`,
    },
    body: bytes,
  })
  expect(sent.status).toBe(201)
}

/** Names from a span up to the request that began it all. */
function above(spans: ToldSpan[], name: string): string[] {
  const names: string[] = []
  let span = spans.find((one) => one.name === name)
  while (span) {
    names.push(span.name)
    const { parentSpanId } = span
    span = spans.find((one) => one.spanId === parentSpanId)
  }
  return names
}

async function expectTraced(collector: OtlpReceiver, sampleId: string): Promise<void> {
  const spans = collector.spans()
  expect(above(spans, 'analyse')).toEqual([
    'analyse',
    'job run-analysis',
    'job verify-upload',
    'receive upload',
    'POST /api/upload/files/*',
  ])
  const run = spans.find(({ name }) => name === 'job run-analysis')!
  expect(run.attributes).toMatchObject({ 'sample.id': sampleId, 'run.outcome': 'succeeded' })
  const minted = spans.find(({ name }) => name === 'POST /api/v2/array-data-upload-form')!
  expect(minted.attributes).toMatchObject({ 'sample.id': sampleId, 'http.response.status_code': 201 })
  expect(spans.map(({ name }) => name)).toContain('deliver webhook')
}

test('metrics and traces follow a journey from the request to the run in another process, without personal data', async () => {
  const collector = await startOtlpReceiver()
  const receiver = await startWebhookReceiver()
  const [webPort, workerPort] = [await freePort(), await freePort()]
  const service = await startService({
    WORKER: 'off',
    ALLOW_PRIVATE_TARGETS: '1',
    OTEL_METRICS_EXPORTER: 'prometheus',
    OTEL_EXPORTER_PROMETHEUS_PORT: String(webPort),
    OTEL_TRACES_EXPORTER: 'otlp',
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
  })
  const worker = startProcess('lib/worker.ts', [], {
    ...service.environment,
    OTEL_EXPORTER_PROMETHEUS_PORT: String(workerPort),
  })
  try {
    const partner = await partnerOf(service, { rowsMin: ROWS_MIN })
    await subscribe(service, partner, `${receiver.url}/${MARKER}`)
    const page = await openedPage(service, partner, { metadata: { name: MARKER } })
    for (const path of [`/${MARKER}`, `/api/v2/${MARKER}`, `/api/v2/samples/${MARKER}?search=${MARKER}`]) {
      await sendRequest(service.address, { method: 'GET', path })
    }
    await sendAtOnce(page, await namedExport())
    await untilStatus(partner, page.sampleId, 'succeeded')

    const { text: webText, sum: web } = await ask(webPort)
    const requests = 'http_server_request_duration_seconds_count'
    const minting = { http_route: '/api/v2/array-data-upload-form', http_request_method: 'POST' }
    expect(web(requests, { ...minting, status_class: '2xx' })).toBe(1)
    expect(web(requests, { http_route: '/api/v2/samples/{sampleId}', status_class: '4xx' })).toBe(1)
    // The link that the start prints, and ours.
    expect(web('arraydrop_session_events_total', { event: 'minted' })).toBe(2)
    expect(web('arraydrop_session_events_total', { event: 'opened' })).toBe(1)
    expect(web('arraydrop_upload_size_bytes_count')).toBe(1)
    expect(web('process_memory_usage_bytes', { type: 'rss' })).toBeGreaterThan(1e6)
    expect(web('db_client_connection_count')).toBeGreaterThan(0)

    const delivered = { outcome: 'delivered', status_class: '2xx' }
    const deliveries = async () =>
      (await ask(workerPort)).sum('arraydrop_webhook_delivery_duration_seconds_count', delivered)
    await expect.poll(deliveries).toBeGreaterThan(0)
    const { text: workerText, sum: work } = await ask(workerPort)
    expect(work('arraydrop_session_events_total', { event: 'received' })).toBe(1)
    const accepted = { verdict: 'accepted', vendor: '23andme' }
    expect(work('arraydrop_file_check_duration_seconds_count', accepted)).toBe(1)
    expect(work('arraydrop_job_duration_seconds_count', { queue: 'run-analysis', outcome: 'done' })).toBe(1)
    expect(work('arraydrop_run_duration_seconds_count', { kind: 'array', outcome: 'succeeded' })).toBe(1)
    expect(workerText).toContain('arraydrop_queue_jobs{queue="run-analysis",state="waiting"}')
    expect(workerText).toMatch(/^arraydrop_sessions\{state="opened"\} \d/m)

    worker.signal('SIGTERM')
    expect(await worker.exited).toBe(0)
    expect(await service.stop()).toBe(0)
    await expectTraced(collector, page.sampleId)

    const told = { webText, workerText, traces: collector.text() }
    const secrets = [
      MARKER,
      page.token,
      page.token.split('.')[2]!,
      partner.apiKey,
      '127.0.0.1',
      FOREIGN.trace,
    ]
    for (const [place, said] of Object.entries({ ...told, log: service.output() + worker.output() })) {
      // The log alone may say where the service listens.
      const hidden = place === 'log' ? secrets.filter((secret) => secret !== '127.0.0.1') : secrets
      for (const secret of hidden) expect(said.includes(secret), `${secret} in ${place}`).toBe(false)
    }
    for (const text of [webText, workerText]) expect(text).not.toContain(page.sampleId)
  } finally {
    worker.signal('SIGKILL')
    await service.dispose()
    await receiver.stop()
    await collector.stop()
  }
})
