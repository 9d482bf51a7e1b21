import { expect, ROWS_MIN, test } from './fixtures.ts'
import { smallExport } from './raw/raw-export.ts'
import { openedPage, sendFile } from './raw/raw-page.ts'
import { untilStatus } from './raw/sample-state.ts'
import { sendRequest } from './raw/send-request.ts'
import { startProcess } from './raw/start-process.ts'
import { type Partner, partnerOf } from './service/partner.ts'
import { type Service, startService } from './service/start-service.ts'
import { startWebhookReceiver, verifySignatures, type WebhookReceiver } from './service/webhook-receiver.ts'

const KILL_ROUNDS = process.env.ARRAYDROP_TORTURE === '1' ? 100 : 1
/** Longer than a delivery under way at a kill stays with the process that is gone. */
const LEASE_SECONDS = 61
/** Longer than the first waits between attempts. */
const FEW_ATTEMPTS_SECONDS = 400

let service: Service
let partner: Partner
let receiver: WebhookReceiver
let managerKey: string

// A service of its own: webhooks of every other one may not reach this machine.
test.beforeAll(async () => {
  service = await startService({ ALLOW_PRIVATE_TARGETS: '1' })
  managerKey = await newKey(service, 'manager')
})
test.afterAll(() => service?.dispose())
test.beforeEach(async () => {
  receiver = await startWebhookReceiver()
  partner = await partnerOf(service, { rowsMin: ROWS_MIN })
})
test.afterEach(() => receiver.stop())

async function newKey(of: Service, role: string): Promise<string> {
  return (await of.admin<{ key: string }>('create-api-key', '--role', role)).key
}

type Answer = { status: number; body: Record<string, unknown> }

/** The partner API below `/api/v2/`, with a manager's key. */
async function manage(method: string, path: string, body?: unknown): Promise<Answer> {
  const answer = await sendRequest(service.address, {
    method,
    path: `/api/v2/${path}`,
    headers: { Authorization: `Api-Key ${managerKey}`, 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: answer.status, body: answer.body === '' ? {} : JSON.parse(answer.body) }
}

/** A subscription to everything there is, and its secret. */
async function subscribe(): Promise<{ id: string; secret: string }> {
  const types = await manage('GET', 'project-subscription-event-types/')
  const event_types = (types.body.results as { key: string }[]).map(({ key }) => key)
  const made = await manage('POST', `project-subscriptions/${partner.projectId}`, {
    name: 'Everything',
    target: receiver.url,
    event_types,
  })
  expect(made).toEqual({
    status: 201,
    body: { id: expect.any(String), name: 'Everything', target: receiver.url, event_types },
  })
  const id = made.body.id as string
  const rotated = await manage('POST', `project-subscription-secret/${id}`)
  expect(rotated.status).toBe(200)
  return { id, secret: rotated.body.secret as string }
}

/** Events of a sample in the order of their arrival, each once however often it was delivered. */
function summarizeDeliveries(sampleId: string): string[] {
  const own = receiver.delivered.filter((one) => one.sampleId === sampleId)
  const first = new Map(own.toReversed().map((one) => [one.id, one]))
  return own
    .filter((one) => first.get(one.id) === one)
    .map(({ type, status }) => (type.startsWith('array_data') ? type : `${type}: ${status}`))
}

const UNTIL_RECEIVED = [
  'array_data_upload_opened',
  'sample_status_changed: scheduled',
  'array_data_upload_received',
]
const UNTIL_ANALYSED = [
  ...UNTIL_RECEIVED,
  'sample_status_changed: running',
  'sample_status_changed: succeeded',
  'analysis_complete_v2: succeeded',
]

test('every event of a sample is delivered in order, signed both ways, and can be looked up', async () => {
  const { id, secret } = await subscribe()
  const page = await openedPage(service, partner)
  await page.leave('file_not_ready')
  await sendFile(page, await smallExport(1))
  const whole = UNTIL_ANALYSED.toSpliced(1, 0, 'array_data_upload_left')
  await expect.poll(() => summarizeDeliveries(page.sampleId)).toEqual(whole)
  for (const delivered of receiver.delivered) verifySignatures(secret, delivered)

  const log = await manage('GET', `project-subscription-notifications/${id}/`)
  expect(log.body.meta).toEqual({ count: whole.length, next: null, previous: null })
  const [newest] = log.body.results as Record<string, unknown>[]
  expect(newest).toMatchObject({ response_status: 200, notification_event_type: 'analysis_complete_v2' })
  const one = await manage('GET', `notifications/${newest!.id}`)
  expect(one.body).toMatchObject({ ...newest, response_message: '' })
  const payload = new URL(one.body.payload_url as string)
  const sent = await partner.call('GET', payload.pathname)
  expect(await sent.text()).toBe(receiver.delivered.at(-1)!.body)
})

test('subscriptions are listed, changed, tested, sent again and deleted; a secret is shown once', async () => {
  const { id, secret } = await subscribe()
  const details = await manage('GET', `project-subscription-details/${id}`)
  const listed = await manage('GET', `project-subscriptions/${partner.projectId}/`)
  expect(listed.body.results).toEqual([details.body])
  expect(details.body).toMatchObject({ project: partner.projectId, protocol: 'webhook', has_secret: true })
  expect(JSON.stringify([listed.body, details.body])).not.toContain(secret)
  expect(service.output()).not.toContain(secret)

  const changed = await manage('PATCH', `project-subscription-details/${id}`, {
    name: 'Fewer',
    event_types: ['analysis_complete_v2'],
  })
  expect(changed.body).toEqual({
    ...details.body,
    name: 'Fewer',
    event_types: ['analysis_complete_v2'],
  })

  const tested = await manage('POST', `project-subscription-test/${id}/`, {})
  expect(tested.status).toBe(202)
  await expect.poll(() => receiver.delivered.length).toBe(1)
  verifySignatures(secret, receiver.delivered[0]!)
  const status = async () => (await manage('GET', `notifications/${tested.body.notification}`)).body.status
  await expect.poll(status).toBe('delivered')
  expect((await manage('POST', `notifications/${tested.body.notification}/resend`)).status).toBe(202)
  await expect.poll(() => receiver.delivered.length).toBe(2)
  await expect.poll(status).toBe('delivered')
  const range = { from: '2020-01-01T00:00:00Z', status: 'delivered' }
  const resent = await manage('POST', `project-subscription-resend/${id}`, range)
  expect(resent).toEqual({ status: 202, body: { queued: 1 } })
  await expect.poll(() => receiver.delivered.length).toBe(3)
  expect(new Set(receiver.delivered.map((one) => one.id)).size).toBe(1)

  expect((await manage('DELETE', `project-subscription-details/${id}`)).status).toBe(204)
  expect(await manage('GET', `project-subscription-details/${id}`)).toEqual({
    status: 404,
    body: { detail: 'Not found.' },
  })
})

test('without ALLOW_PRIVATE_TARGETS no address of this machine can be subscribed', async ({
  service: guarded,
  partner: theirs,
}) => {
  const key = await newKey(guarded, 'manager')
  for (const target of [receiver.url, 'https://127.0.0.1/', 'https://localhost/', 'lab@clinic.example']) {
    const refused = await sendRequest(guarded.address, {
      method: 'POST',
      path: `/api/v2/project-subscriptions/${theirs.projectId}`,
      headers: { Authorization: `Api-Key ${key}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ target, event_types: ['analysis_complete_v2'] }),
    })
    expect(refused.status).toBe(400)
    expect(refused.json()).toEqual({ target: [expect.any(String)] })
  }
})

test('killed between a change and its delivery, the server delivers the event after the next start, in order', {
  tag: '@torture',
}, async () => {
  test.setTimeout(60_000 + KILL_ROUNDS * 40_000)
  const { secret } = await subscribe()
  for (let round = 0; round < KILL_ROUNDS; round++) {
    await receiver.stop()
    const page = await openedPage(service, partner)
    await sendFile(page, await smallExport(100 + round))
    // Once everything is done, at acceptance, or at the answer to the last byte: nobody has been told by then.
    const moments = [() => untilDone(page.sampleId), () => untilReceived(page.sampleId), async () => {}]
    await moments[round % 3]!()
    await service.kill()
    await receiver.start()
    await service.start()
    await untilStatus(partner, page.sampleId, 'succeeded', { seconds: 90 })
    await service.advance(FEW_ATTEMPTS_SECONDS)
    await expect.poll(() => summarizeDeliveries(page.sampleId)).toEqual(UNTIL_ANALYSED)
  }
  for (const delivered of receiver.delivered) verifySignatures(secret, delivered)
})

const untilReceived = (sampleId: string) =>
  expect.poll(async () => (await partner.sample(sampleId)).upload_session.state).toBe('received')
const untilDone = (sampleId: string) => untilStatus(partner, sampleId, 'succeeded')

test('killed before the receiver has answered, the server delivers the event again under the same id', async () => {
  await subscribe()
  receiver.answer(null)
  await openedPage(service, partner)
  await expect.poll(() => receiver.delivered.length).toBe(1)
  await service.kill()
  receiver.answer(204)
  await service.start()
  await service.advance(LEASE_SECONDS)
  await expect.poll(() => receiver.delivered.length).toBe(2)
  const [first, second] = receiver.delivered
  expect(second!.id).toBe(first!.id)
  expect(second!.body).toBe(first!.body)
})

test('a worker beside the server shares the work: everything arrives once', { tag: '@torture' }, async () => {
  await subscribe()
  const worker = startProcess('lib/worker.ts', [], service.environment)
  await worker.says('worker ready')
  const pages = await Promise.all(Array.from({ length: 10 }, () => openedPage(service, partner)))
  for (const page of pages) await page.leave()
  await expect.poll(() => receiver.delivered.length).toBe(20)
  for (const page of pages) {
    expect(summarizeDeliveries(page.sampleId)).toEqual(['array_data_upload_opened', 'array_data_upload_left'])
  }
  expect(new Set(receiver.delivered.map((one) => one.id)).size).toBe(20)
  worker.signal('SIGTERM')
  expect(await worker.exited).toBe(0)
})
