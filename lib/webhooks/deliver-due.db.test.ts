import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { Webhook } from 'standardwebhooks'
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  onTestFinished,
  test,
  vi,
} from 'vitest'
import type { Caller } from '#lib/access/caller.ts'
import { createOutbound } from '#lib/platform/outbound/create-outbound.ts'
import type { Services } from '#lib/services.ts'
import { overriding, type TestPartner, type TestServices, testServices } from '#lib/testing/test-services.ts'
import { changeSubscription, createSubscription } from './change-subscription.ts'
import { deliverDue, startDelivering } from './deliver-due.ts'
import { claimDue } from './deliveries-table.ts'
import { emitEvent, sendTestEvent } from './emit-event.ts'
import { EVENT_TYPES } from './event.ts'
import { findNotification, listAttempts, listNotifications } from './find-notification.ts'
import { findSubscription } from './find-subscription.ts'
import {
  IN_FLIGHT_PER_PROJECT,
  IN_FLIGHT_PER_PROJECT_FAILING,
  IN_FLIGHT_PER_SUBSCRIPTION,
  LEASE_SECONDS,
  RETRY_JITTER,
  RETRY_SECONDS,
} from './limits.ts'
import type { DeliveryAttempt } from './notification.ts'
import { answering, type Receiver, startReceiver } from './receiver-for-tests.ts'
import { resendNotification, resendRange } from './resend-notifications.ts'
import { rotateSecret } from './rotate-secret.ts'
import { presentPayload, presentSubscription } from './wire.ts'

const HOUR = 3_600
const DAY = 24 * HOUR
/** Polled, not timed. */
const SOON = { timeout: 60_000, interval: 20 }
/** Longer than any wait of the schedule, jitter included. */
const NEXT_ATTEMPT = 1.2 * DAY

let t: TestServices
let partner: TestPartner
let receiver: Receiver

beforeAll(async () => {
  t = await testServices()
})
afterAll(() => t.stop())
beforeEach(async () => {
  partner = await t.aPartner()
  receiver = await startReceiver()
})
afterEach(() => receiver.stop())

const subscribe = (target = receiver.url) =>
  createSubscription(t.services, partner.caller, partner.project.id, {
    target,
    event_types: Object.keys(EVENT_TYPES),
  })

/** A sample of the partner, and a way to tell that something happened to it. */
async function aSample() {
  const { sampleId } = await t.aLink({}, partner)
  const sample = { id: sampleId, projectId: partner.project.id, clientId: sampleId }
  return {
    id: sampleId,
    tell: (status: string) =>
      t.services.db
        .transaction()
        .execute((tx) => emitEvent(tx, 'sample_status_changed', { ...sample, status })),
  }
}

const deliver = (services: Services = t.services) => deliverDue(services)
const logOf = async (id: string) =>
  (await listNotifications(t.services, partner.caller, id, { state: undefined, limit: 200, offset: 0 })).rows
const statuses = () => receiver.received.map(({ event }) => event.payload.samples[0]!.last_status.status)

const attemptsFor = async (caller: Caller, id: string) =>
  (await listAttempts(t.services, await findNotification(t.services, caller, id))).rows

describe('a delivery', () => {
  test('that was answered while the database was away is recorded once it is back, and not sent again', async () => {
    const { id } = await subscribe()
    await (await aSample()).tell('scheduled')
    let transactions = 0
    // The second one records the outcome.
    const db = overriding(t.services.db, {
      transaction: () => {
        transactions += 1
        if (transactions === 2) throw Object.assign(new Error('away'), { code: 'ECONNREFUSED' })
        return t.services.db.transaction()
      },
    })
    await deliver({ ...t.services, db })
    expect(transactions).toBeGreaterThan(2)
    await deliver()
    expect(receiver.received).toHaveLength(1)
    expect(await logOf(id)).toMatchObject([{ state: 'delivered', attempts: 1 }])
  })

  test('is a JSON list of one thin event, and verifies by the Standard Webhooks library', async () => {
    const { id } = await subscribe()
    const secret = await rotateSecret(t.services, partner.caller, id)
    const sample = await aSample()
    await sample.tell('scheduled')
    await deliver()

    const [{ headers, body, path }] = receiver.received as [Receiver['received'][number]]
    expect(path).toBe('/hook')
    expect(headers['content-type']).toBe('application/json')
    new Webhook(secret).verify(body, headers as Record<string, string>)
    const [event] = JSON.parse(body)
    expect(JSON.parse(body)).toEqual([
      {
        event_id: headers['webhook-id'],
        event_type: 'sample_status_changed',
        timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
        payload: {
          project: { id: partner.project.id },
          samples: [{ id: sample.id, client_id: sample.id, last_status: { status: 'scheduled' } }],
        },
      },
    ])
    expect(Object.keys(event)).toEqual(['event_id', 'event_type', 'timestamp', 'payload'])
    expect(headers['gencove-signature']).toMatch(/^t=\d+,v1=[0-9a-f]{128}$/)
  })

  test('is logged with status, time and the beginning of the response, and its bytes can be read again', async () => {
    receiver.answers(answering(201, {}, `thanks\0${'ü'.repeat(40_000)}`))
    const { id } = await subscribe()
    await (await aSample()).tell('scheduled')
    await deliver()
    const [notification] = await logOf(id)
    expect(notification).toMatchObject({
      state: 'delivered',
      attempts: 1,
      responseStatus: 201,
      nextAttemptAt: null,
    })
    expect(notification!.responseMessage).toMatch(/^thanksü+/)
    expect(Buffer.byteLength(notification!.responseMessage!)).toBeLessThanOrEqual(2_048)
    expect(presentPayload(notification!)).toBe(receiver.received[0]!.body)
  })

  test('goes to the subscriptions of the same project that want it, and to no other', async () => {
    await subscribe()
    const stranger = await t.aPartner()
    await createSubscription(t.services, stranger.caller, stranger.project.id, {
      target: `${receiver.url}/stranger`,
      event_types: Object.keys(EVENT_TYPES),
    })
    await createSubscription(t.services, partner.caller, partner.project.id, {
      target: `${receiver.url}/other-type`,
      event_types: ['array_data_upload_left'],
    })
    await (await aSample()).tell('scheduled')
    await deliver()
    expect(receiver.received.map(({ path }) => path)).toEqual(['/hook'])
  })

  test('does not happen when the change it reports is rolled back', async () => {
    await subscribe()
    const sample = {
      id: (await aSample()).id,
      projectId: partner.project.id,
      clientId: 'x',
      status: 'failed',
    }
    const change = t.services.db.transaction().execute(async (tx) => {
      await emitEvent(tx, 'analysis_complete_v2', sample)
      throw new Error('rolled back')
    })
    await expect(change).rejects.toThrow('rolled back')
    await deliver()
    expect(receiver.received).toEqual([])
  })

  test('is signed by both secrets after a rotation', async () => {
    const { id } = await subscribe()
    const secrets = [
      await rotateSecret(t.services, partner.caller, id),
      await rotateSecret(t.services, partner.caller, id),
    ]
    await (await aSample()).tell('scheduled')
    await deliver()
    const { body, headers } = receiver.received[0]!
    for (const secret of secrets) new Webhook(secret).verify(body, headers as Record<string, string>)
  })
})

describe('a receiver that fails', () => {
  test.each([[301], [302], [307], [400], [404], [500], [503]])(
    'with %i gets it again until it answers 2xx',
    async (status) => {
      receiver.answers(answering(status, { Location: receiver.url }))
      const { id } = await subscribe()
      await (await aSample()).tell('scheduled')
      await deliver()
      expect(receiver.received).toHaveLength(1)
      expect(await logOf(id)).toMatchObject([{ state: 'pending', attempts: 1, responseStatus: status }])
      await deliver()
      expect(receiver.received).toHaveLength(1)

      receiver.answers(answering(204))
      await t.advance(6)
      await deliver()
      expect(receiver.received).toHaveLength(2)
      const [first, second] = receiver.received
      expect(second!.headers['webhook-id']).toBe(first!.headers['webhook-id'])
      expect(second!.body).toBe(first!.body)
      expect(await logOf(id)).toMatchObject([{ state: 'delivered', attempts: 2, responseStatus: 204 }])
    },
  )

  test('dies and comes back after more than two days: everything arrives, once each', async () => {
    const { id } = await subscribe()
    await receiver.stop()
    const samples = await Promise.all([aSample(), aSample(), aSample()])
    for (const status of ['scheduled', 'running', 'succeeded']) {
      for (const sample of samples) await sample.tell(status)
    }
    for (const seconds of [0, 6, 330, 2_000, 8_000, 20_000, 40_000, 56_000, 80_000]) {
      await t.advance(seconds)
      await deliver()
    }
    expect((await logOf(id)).every(({ state }) => state === 'pending')).toBe(true)
    await receiver.start()
    for (let round = 0; round < 4; round++) {
      await t.advance(NEXT_ATTEMPT)
      await deliver()
    }
    for (const sample of samples) {
      const told = receiver.received.map(({ event }) => event.payload.samples[0]!)
      const own = told.filter((each) => each.id === sample.id).map(({ last_status }) => last_status.status)
      expect(own).toEqual(['scheduled', 'running', 'succeeded'])
    }
    expect((await logOf(id)).every(({ state }) => state === 'delivered')).toBe(true)
  })

  test('for three days is given up after ten attempts, and the log says why', async () => {
    const { id } = await subscribe()
    await receiver.stop()
    await (await aSample()).tell('scheduled')
    await deliver()
    for (const [n, seconds] of RETRY_SECONDS.entries()) {
      expect(await logOf(id)).toMatchObject([{ state: 'pending', attempts: n + 1 }])
      await t.advance(seconds * (1 + RETRY_JITTER) + 1)
      await deliver()
    }
    const [notification] = await logOf(id)
    expect(notification).toMatchObject({
      state: 'failed',
      attempts: 10,
      responseStatus: null,
      nextAttemptAt: null,
    })
    expect(notification!.responseMessage).toContain('No connection')
  })

  test('with 410 is not called again, and its subscription says why', async () => {
    receiver.answers(answering(410))
    const { id } = await subscribe()
    const sample = await aSample()
    await sample.tell('scheduled')
    await deliver()
    expect(await findSubscription(t.services, partner.caller, id)).toMatchObject({
      disabledAt: expect.any(Date),
      disabledReason: 'The target answered 410 Gone.',
    })
    await sample.tell('running')
    await t.advance(NEXT_ATTEMPT)
    await deliver()
    expect(receiver.received).toHaveLength(1)
    expect(await logOf(id)).toMatchObject([
      { state: 'pending', attempts: 0 },
      { state: 'failed', attempts: 1 },
    ])

    receiver.answers(answering(200))
    // As a program that sends back what it was shown.
    const shown = presentSubscription(await findSubscription(t.services, partner.caller, id))
    await changeSubscription(t.services, partner.caller, id, { ...shown, disabled: false })
    await deliver()
    expect(statuses()).toEqual(['scheduled', 'running'])
  })

  test('and asks for a later attempt gets it then, and a day at most', async () => {
    const { id } = await subscribe()
    const sample = await aSample()
    receiver.answers(answering(429, { 'Retry-After': '7200' }))
    await sample.tell('scheduled')
    await deliver()
    await t.advance(7_000)
    await deliver()
    expect(receiver.received).toHaveLength(1)
    receiver.answers(answering(503, { 'Retry-After': '99999999' }))
    await t.advance(201)
    await deliver()
    expect(receiver.received).toHaveLength(2)
    await t.advance(DAY + 1)
    await deliver()
    expect(receiver.received).toHaveLength(3)
    expect(await logOf(id)).toMatchObject([{ attempts: 3, responseStatus: 503 }])
  })

  test('for five days without any success is switched off; one success in between starts the count again', async () => {
    const { id } = await subscribe()
    receiver.answers(answering(500))
    const failForDays = async (days: number) => {
      for (let day = 0; day < days; day++) {
        await (await aSample()).tell('scheduled')
        await deliver()
        await t.advance(DAY)
      }
    }
    await failForDays(4)
    receiver.answers(answering(200))
    await deliver()
    receiver.answers(answering(500))
    await failForDays(5)
    expect(await findSubscription(t.services, partner.caller, id)).toMatchObject({ disabledAt: null })
    await failForDays(1)
    expect(await findSubscription(t.services, partner.caller, id)).toMatchObject({
      disabledReason: 'Every delivery failed for five days.',
    })
  })

  test('once in ten days, with nothing in between, is not switched off', async () => {
    const { id } = await subscribe()
    receiver.answers(answering(500))
    for (let round = 0; round < 3; round++) {
      await sendTestEvent(t.services, partner.caller, id, {})
      await deliver()
      await t.advance(10 * DAY)
    }
    expect(receiver.received).toHaveLength(3)
    expect(await findSubscription(t.services, partner.caller, id)).toMatchObject({ disabledAt: null })
  })

  test('by hanging holds up neither another receiver nor more than its own slots', async () => {
    const hanging = await startReceiver()
    hanging.answers(() => {})
    const { id } = await subscribe(hanging.url)
    await subscribe()
    const samples = await Promise.all(Array.from({ length: 30 }, aSample))
    for (const sample of samples) await sample.tell('scheduled')
    const aborting = new AbortController()
    const delivering = deliverDue(t.services, { finishing: aborting.signal, aborting: aborting.signal })
    await receiver.until(30)
    await hanging.until(IN_FLIGHT_PER_SUBSCRIPTION)
    // Asked of the table: the door would not open more connections to one origin anyway.
    const takenUp = (await logOf(id)).filter(({ attempts }) => attempts > 0)
    expect(takenUp).toHaveLength(IN_FLIGHT_PER_SUBSCRIPTION)
    aborting.abort()
    await delivering
    await hanging.stop()
  })
})

describe('order', () => {
  test('a later event of a sample waits while an earlier one is pending, and other samples do not', async () => {
    await subscribe()
    receiver.answers((response, { event }) => {
      const first = event.payload.samples[0]!.last_status.status === 'scheduled'
      response.writeHead(first ? 500 : 200).end()
    })
    const [sample, other] = [await aSample(), await aSample()]
    await sample.tell('scheduled')
    await sample.tell('running')
    await other.tell('succeeded')
    await deliver()
    expect(statuses().toSorted()).toEqual(['scheduled', 'succeeded'])
    receiver.answers(answering(200))
    await t.advance(6)
    await deliver()
    expect(statuses().slice(2)).toEqual(['scheduled', 'running'])
  })

  const STEPS = ['scheduled', 'running', 'succeeded']
  const told = (sampleId: string) =>
    receiver.received
      .map(({ event }) => event.payload.samples[0]!)
      .filter(({ id }) => id === sampleId)
      .map(({ last_status }) => last_status.status)

  test.each([60, 4_000, 3 * DAY])('holds after a pause of %i seconds', async (seconds) => {
    const { id } = await subscribe()
    await changeSubscription(t.services, partner.caller, id, { disabled: true })
    const samples = await Promise.all(Array.from({ length: 12 }, aSample))
    for (const status of STEPS) await Promise.all(samples.map(({ tell }) => tell(status)))
    await t.advance(seconds)
    await changeSubscription(t.services, partner.caller, id, { disabled: false })
    await deliver()
    for (const sample of samples) expect(told(sample.id)).toEqual(STEPS)
  })

  test('holds when no process delivered for a day', async () => {
    await subscribe()
    const samples = await Promise.all(Array.from({ length: 12 }, aSample))
    for (const status of STEPS) await Promise.all(samples.map(({ tell }) => tell(status)))
    await t.advance(DAY)
    await deliver()
    for (const sample of samples) expect(told(sample.id)).toEqual(STEPS)
  })

  test('holds after an outage, and the first delivery that succeeds brings all that waits at once', async () => {
    await subscribe()
    await receiver.stop()
    const samples = await Promise.all(Array.from({ length: 6 }, aSample))
    for (const status of STEPS) {
      await Promise.all(samples.map(({ tell }) => tell(status)))
      for (const seconds of [0, 6, 330, 2_000, 8_000]) {
        await t.advance(seconds)
        await deliver()
      }
    }
    await receiver.start()
    const fresh = await aSample()
    await fresh.tell('scheduled')
    await deliver()
    for (const sample of samples) expect(told(sample.id)).toEqual(STEPS)
  })

  test('holds for what is sent again together', async () => {
    const { id } = await subscribe()
    const sample = await aSample()
    const from = (await t.services.clock.now()).toISOString()
    for (const status of STEPS) await sample.tell(status)
    await deliver()
    receiver.received.length = 0
    receiver.answers(answering(500))
    await resendRange(t.services, partner.caller, id, { from })
    await deliver()
    expect(told(sample.id)).toEqual(['scheduled'])
    receiver.answers(answering(200))
    await t.advance(6)
    await deliver()
    expect(told(sample.id)).toEqual(['scheduled', ...STEPS])
  })

  test('a later event is sent once the earlier one is given up', async () => {
    await subscribe()
    receiver.answers((response, { event }) => {
      const first = event.payload.samples[0]!.last_status.status === 'scheduled'
      response.writeHead(first ? 500 : 200).end()
    })
    const sample = await aSample()
    await sample.tell('scheduled')
    await sample.tell('running')
    for (const seconds of RETRY_SECONDS) {
      await deliver()
      expect(statuses()).not.toContain('running')
      await t.advance(seconds * (1 + RETRY_JITTER) + 1)
    }
    await deliver()
    expect(statuses().at(-1)).toBe('running')
  })
})

describe('a project', () => {
  test('whose receivers all hang takes no more than its part, and holds up no other, even at the same address', async () => {
    const hanging = await startReceiver()
    const stranger = await t.aPartner()
    hanging.answers((response, { path }) => {
      if (path === '/hook/stranger') response.writeHead(200).end()
    })
    const slow = await Promise.all(Array.from({ length: 10 }, () => subscribe(hanging.url)))
    const samples = await Promise.all(Array.from({ length: 12 }, aSample))
    for (const sample of samples) await sample.tell('scheduled')
    const aborting = new AbortController()
    const delivering = deliverDue(t.services, { finishing: aborting.signal, aborting: aborting.signal })
    await hanging.until(IN_FLIGHT_PER_PROJECT)

    await createSubscription(t.services, stranger.caller, stranger.project.id, {
      target: `${hanging.url}/stranger`,
      event_types: Object.keys(EVENT_TYPES),
    })
    const { sampleId } = await t.aLink({}, stranger)
    await t.services.db.transaction().execute((tx) =>
      emitEvent(tx, 'sample_status_changed', {
        id: sampleId,
        projectId: stranger.project.id,
        clientId: sampleId,
        status: 'scheduled',
      }),
    )
    await hanging.until(IN_FLIGHT_PER_PROJECT + 1)
    expect(hanging.received.at(-1)!.path).toBe('/hook/stranger')
    const logs = await Promise.all(slow.map(({ id }) => logOf(id)))
    expect(logs.flat().filter(({ attempts }) => attempts > 0)).toHaveLength(IN_FLIGHT_PER_PROJECT)
    aborting.abort()
    await delivering
    await hanging.stop()
  })

  test('whose receivers are dead, but for a few, sends to these at once and takes turns among the dead', async () => {
    const hanging = new Map<string, () => void>()
    const got: string[] = []
    let hang = false
    const outbound = overriding(t.services.outbound, {
      send: async ({ url, signal }) => {
        const { hostname } = new URL(url)
        if (hostname.startsWith('good')) {
          got.push(hostname)
          return { status: 200, headers: {}, body: new Uint8Array(), cut: false }
        }
        // What earlier tests left to be tried again is none of these.
        if (hang && hostname.startsWith('dead')) {
          await new Promise<void>((resolve) => {
            hanging.set(hostname, resolve)
            signal?.addEventListener('abort', () => resolve())
          })
        }
        return { failure: 'timed_out' }
      },
    })
    const named = (name: string, count: number) =>
      Array.from({ length: count }, (_, n) => `https://${name}-${n}.example.org/hook`)
    for (const target of [...named('dead', 60), ...named('good', 5)]) await subscribe(target)
    await (await aSample()).tell('scheduled')
    await deliverDue({ ...t.services, outbound })
    expect(new Set(got)).toHaveLength(5)

    await t.advance(DAY)
    got.length = 0
    hang = true
    await (await aSample()).tell('scheduled')
    const aborting = new AbortController()
    onTestFinished(() => aborting.abort())
    const delivering = deliverDue({ ...t.services, outbound }, { aborting: aborting.signal })
    await vi.waitFor(() => expect(new Set(got)).toHaveLength(5), SOON)
    await vi.waitFor(() => expect(hanging.size).toBe(IN_FLIGHT_PER_PROJECT_FAILING), SOON)
    const firstTurn = [...hanging.keys()]
    await (await aSample()).tell('scheduled')
    for (const [host, timeOut] of [...hanging]) {
      hanging.delete(host)
      timeOut()
    }
    await vi.waitFor(() => expect(got).toHaveLength(10), SOON)
    await vi.waitFor(() => expect(hanging.size).toBe(IN_FLIGHT_PER_PROJECT_FAILING), SOON)
    expect([...hanging.keys()].filter((host) => firstTurn.includes(host))).toEqual([])
    aborting.abort()
    await delivering
  })
})

test('Subscriptions that fail come last in the whole installation, however many projects they are spread over', async () => {
  const { db } = t.services
  // What earlier tests left to be tried again is none of these.
  await db.updateTable('notification').set({ state: 'failed', in_flight: false }).execute()
  const failing: string[] = []
  for (let project = 0; project < 8; project++) {
    partner = await t.aPartner()
    failing.push((await subscribe()).id)
    await (await aSample()).tell('scheduled')
  }
  const failed = { failing_since: sql<Date>`app_now()`, last_failure_at: sql<Date>`app_now()` }
  await db.updateTable('subscription').set(failed).where('id', 'in', failing).execute()
  partner = await t.aPartner()
  const { id: good } = await subscribe()
  for (const sample of await Promise.all([aSample(), aSample(), aSample()])) await sample.tell('scheduled')

  const claim = async (reserved: number) =>
    (await claimDue(db, { limit: 4, reserved })).map(({ subscriptionId }) => subscriptionId)
  // The good ones are the latest and of one project, and still the first; what is reserved is for none that fails.
  expect(await claim(2)).toEqual([good, good])
  const then = await claim(0)
  expect(then).toHaveLength(4)
  expect(then.filter((id) => id === good)).toHaveLength(1)
  expect(new Set(then.filter((id) => failing.includes(id))).size).toBe(3)
  expect(await claim(4)).toEqual([])
})

describe('several processes', () => {
  test('deliver each notification once, in order per sample, and stay within the bound together', async () => {
    const { id } = await subscribe()
    const samples = await Promise.all(Array.from({ length: 40 }, aSample))
    for (const status of ['scheduled', 'running', 'succeeded']) {
      await Promise.all(samples.map((sample) => sample.tell(status)))
    }
    // Each process has connections of its own: what they share is the table.
    const doors = Array.from({ length: 3 }, () => createOutbound({ allowPrivate: true }))
    await Promise.all(doors.map((outbound) => deliver({ ...t.services, outbound })))
    for (const door of doors) await door.close()
    expect(receiver.received).toHaveLength(120)
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(120)
    for (const sample of samples) {
      const own = receiver.received.filter(({ event }) => event.payload.samples[0]!.id === sample.id)
      expect(own.map(({ event }) => event.payload.samples[0]!.last_status.status)).toEqual([
        'scheduled',
        'running',
        'succeeded',
      ])
    }
    expect(receiver.atOnceMax()).toBeLessThanOrEqual(IN_FLIGHT_PER_SUBSCRIPTION)
    expect((await logOf(id)).every(({ state, attempts }) => state === 'delivered' && attempts === 1)).toBe(
      true,
    )
  })

  test('of which one dies: what it had claimed is delivered by another after its lease', async () => {
    const { id } = await subscribe()
    receiver.answers(() => {})
    await (await aSample()).tell('scheduled')
    const dying = new AbortController()
    const delivering = deliverDue(t.services, { aborting: dying.signal })
    await receiver.until(1)
    dying.abort()
    await delivering

    receiver.answers(answering(200))
    await deliver()
    expect(receiver.received).toHaveLength(1)
    await t.advance(LEASE_SECONDS + 1)
    await deliver()
    expect(receiver.received).toHaveLength(2)
    expect(receiver.received[1]!.headers['webhook-id']).toBe(receiver.received[0]!.headers['webhook-id'])
    const [notification] = await logOf(id)
    expect(notification).toMatchObject({ state: 'delivered', attempts: 2 })
    // The one that was lost is listed as what it was.
    expect(await attemptsFor(partner.caller, notification!.id)).toMatchObject([
      { responseStatus: 200 },
      { responseStatus: null, responseMessage: expect.stringContaining('interrupted') },
    ])
  })

  /** A process that stands still between sending and recording: `wake` lets it go on, `ended` tells that it has recorded. */
  async function aStoppedProcess(status: number) {
    let wake = () => {}
    const standing = new Promise<void>((resolve) => {
      wake = resolve
    })
    const sent = vi.fn()
    const outbound = overriding(t.services.outbound, {
      send: async () => {
        sent()
        await standing
        return { status, headers: {}, body: new TextEncoder().encode('from before'), cut: false }
      },
    })
    const ended = deliver({ ...t.services, outbound })
    await vi.waitFor(() => expect(sent).toHaveBeenCalledOnce(), SOON)
    await t.advance(LEASE_SECONDS + 1)
    return { wake, ended }
  }

  test('of which one stands still: what it learns late is recorded with its own attempt alone', async () => {
    const { id } = await subscribe()
    await (await aSample()).tell('scheduled')
    const stopped = await aStoppedProcess(410)
    const notification = (await logOf(id))[0]!.id
    await resendNotification(t.services, partner.caller, notification)
    // The same number of attempts as the one that stands still has: the time of the claim tells them apart.
    receiver.answers(() => {})
    const aborting = new AbortController()
    const delivering = deliverDue(t.services, { aborting: aborting.signal })
    await receiver.until(1)
    expect(await logOf(id)).toMatchObject([{ attempts: 1 }])
    stopped.wake()
    await stopped.ended
    expect(await logOf(id)).toMatchObject([{ state: 'pending', attempts: 1, responseStatus: null }])
    expect(await findSubscription(t.services, partner.caller, id)).toMatchObject({ disabledAt: null })
    expect(await attemptsFor(partner.caller, notification)).toMatchObject([
      { responseStatus: 410, responseMessage: 'from before' },
    ])

    aborting.abort()
    await delivering
    receiver.answers(answering(200))
    await t.advance(LEASE_SECONDS + 1)
    await deliver()
    expect(await logOf(id)).toMatchObject([{ state: 'delivered', attempts: 2, responseStatus: 200 }])
    expect(
      (await attemptsFor(partner.caller, notification)).map(({ responseStatus }) => responseStatus),
    ).toEqual([200, null, 410])
  })

  test('of which one stood still, but whose claim nobody took: what it learns counts', async () => {
    const { id } = await subscribe()
    await (await aSample()).tell('scheduled')
    const stopped = await aStoppedProcess(200)
    stopped.wake()
    await stopped.ended
    expect(await logOf(id)).toMatchObject([{ state: 'delivered', attempts: 1, responseStatus: 200 }])
  })

  test('start and stop cleanly, and deliver what happens meanwhile', async () => {
    await subscribe()
    const stop = startDelivering(t.services)
    await (await aSample()).tell('scheduled')
    await receiver.until(1)
    await stop()
    await (await aSample()).tell('running')
    expect(receiver.received).toHaveLength(1)
  })
})

describe('what cannot be sent', () => {
  test('because the key of its secret is gone counts as failed, and does not hold up others', async () => {
    const broken = await subscribe(`${receiver.url}/broken`)
    await rotateSecret(t.services, partner.caller, broken.id)
    await subscribe()
    await (await aSample()).tell('scheduled')
    await deliver({ ...t.services, secrets: { keysFor: () => [] } })
    expect(receiver.received.map(({ path }) => path)).toEqual(['/hook'])
    expect(await logOf(broken.id)).toMatchObject([{ state: 'pending', attempts: 1, responseStatus: null }])
    expect((await logOf(broken.id))[0]!.responseMessage).toContain('could not be signed')
  })

  test('because its target now resolves to a private address is a failure without a connection', async () => {
    const { id } = await subscribe()
    await (await aSample()).tell('scheduled')
    const outbound = overriding(t.services.outbound, {
      send: async () => ({ failure: 'unreachable' as const }),
    })
    await deliver({ ...t.services, outbound })
    expect(receiver.received).toEqual([])
    expect(await logOf(id)).toMatchObject([{ state: 'pending', attempts: 1, responseStatus: null }])
  })
})

test('A certificate that is refused is named to the partner, counted for the operator, and tried again', async () => {
  const { id } = await subscribe()
  await (await aSample()).tell('scheduled')
  const outbound = overriding(t.services.outbound, { send: async () => ({ failure: 'untrusted' as const }) })
  const record = vi.fn()
  const telemetry = overriding(t.services.telemetry, { record })
  await deliver({ ...t.services, outbound, telemetry })
  expect(await logOf(id)).toMatchObject([
    { state: 'pending', attempts: 1, responseMessage: expect.stringContaining('certificate was refused') },
  ])
  expect(record).toHaveBeenCalledWith('arraydrop.webhook.delivery.duration', expect.any(Number), {
    outcome: 'to be retried',
    status_class: 'untrusted',
  })
})

describe('sending again', () => {
  test('one notification keeps its id, whatever its outcome was', async () => {
    const { id } = await subscribe()
    await (await aSample()).tell('scheduled')
    await deliver()
    const [sent] = await logOf(id)
    await resendNotification(t.services, partner.caller, sent!.id)
    await deliver()
    expect(receiver.received).toHaveLength(2)
    expect(receiver.received[1]!.headers['webhook-id']).toBe(sent!.eventId)
    expect(await findNotification(t.services, partner.caller, sent!.id)).toMatchObject({ state: 'delivered' })
  })

  test('a range resends what happened between two times, or only what failed, oldest first', async () => {
    const { id } = await subscribe()
    receiver.answers(answering(500))
    const sample = await aSample()
    const before = await t.services.clock.now()
    await t.advance(1)
    await sample.tell('scheduled')
    await t.advance(10)
    const between = await t.services.clock.now()
    // A shown time is all of its millisecond.
    await t.advance(1)
    await sample.tell('running')
    await t.services.db.updateTable('notification').set({ attempts_max: 1 }).execute()
    await deliver()
    await deliver()
    receiver.answers(answering(200))
    receiver.received.length = 0

    const resend = (fields: Record<string, unknown>) => resendRange(t.services, partner.caller, id, fields)
    expect(await resend({ from: before.toISOString(), to: before.toISOString() })).toBe(0)
    expect(await resend({ from: before.toISOString(), status: 'delivered' })).toBe(0)
    expect(await resend({ from: before.toISOString(), to: between.toISOString(), status: 'failed' })).toBe(1)
    await deliver()
    expect(statuses()).toEqual(['scheduled'])
    expect(await resend({ from: before.toISOString() })).toBe(2)
    await deliver()
    expect(statuses()).toEqual(['scheduled', 'scheduled', 'running'])
    await expect(resend({ from: before.toISOString(), stauts: 'delivered' })).rejects.toMatchObject({
      status: 400,
      fields: { stauts: ['There is no such field here.'] },
    })
    await expect(resend({})).rejects.toMatchObject({
      status: 400,
      fields: { from: ['This field is required.'] },
    })
    const day = (time: Date) => time.toISOString().slice(0, 10)
    const later = day(new Date(before.getTime() + 2 * 86_400_000))
    expect(await resend({ from: later })).toBe(0)
    expect(await resend({ from: `${day(before)} 00:00:00`, to: later })).toBe(2)
    await expect(resend({ from: 'yesterday' })).rejects.toMatchObject({
      status: 400,
      fields: { from: expect.anything() },
    })
  })

  test('lists an attempt that was lost before, and none twice', async () => {
    const { id } = await subscribe()
    receiver.answers(() => {})
    await (await aSample()).tell('scheduled')
    const dying = new AbortController()
    const delivering = deliverDue(t.services, { aborting: dying.signal })
    await receiver.until(1)
    dying.abort()
    await delivering
    await t.advance(LEASE_SECONDS + 1)
    const notification = (await logOf(id))[0]!.id
    await resendNotification(t.services, partner.caller, notification)
    const lost = { responseStatus: null, responseMessage: expect.stringContaining('interrupted') }
    expect(await attemptsFor(partner.caller, notification)).toMatchObject([lost])
    receiver.answers(answering(200))
    await deliver()
    expect(await attemptsFor(partner.caller, notification)).toMatchObject([{ responseStatus: 200 }, lost])
  })

  test('is refused while it is being delivered', async () => {
    const { id } = await subscribe()
    receiver.answers(() => {})
    await (await aSample()).tell('scheduled')
    const aborting = new AbortController()
    const delivering = deliverDue(t.services, { aborting: aborting.signal })
    await receiver.until(1)
    const [notification] = await logOf(id)
    await expect(resendNotification(t.services, partner.caller, notification!.id)).rejects.toMatchObject({
      status: 409,
    })
    aborting.abort()
    await delivering
  })
})

describe('every attempt', () => {
  test('is kept with time, duration, status, headers and excerpt, also when it is sent again', async () => {
    const { id } = await subscribe()
    await rotateSecret(t.services, partner.caller, id)
    await (await aSample()).tell('scheduled')
    receiver.answers(answering(500, { 'X-Why': 'busy', 'Set-Cookie': 'mine=1' }, 'come back later'))
    await deliver()
    await t.advance(6)
    await deliver()
    const notification = (await logOf(id))[0]!.id
    receiver.answers(answering(204))
    await resendNotification(t.services, partner.caller, notification)
    await t.advance(1)
    await deliver()

    const attempts = await attemptsFor(partner.caller, notification)
    expect(attempts.map(({ responseStatus }) => responseStatus)).toEqual([204, 500, 500])
    const [last, , first] = attempts as [DeliveryAttempt, DeliveryAttempt, DeliveryAttempt]
    expect(first.responseMessage).toBe('come back later')
    expect(first.responseHeaders).toMatchObject({ 'x-why': 'busy' })
    expect(Object.keys(first.responseHeaders)).not.toContain('set-cookie')
    expect(first.durationMs).toBeGreaterThanOrEqual(0)
    expect(last.at.getTime()).toBeGreaterThan(first.at.getTime() + 6_000)
    for (const name of ['webhook-id', 'webhook-signature', 'gencove-signature', 'content-type']) {
      expect(last.requestHeaders[name]).toBe(receiver.received.at(-1)!.headers[name])
    }
    const second = await listAttempts(t.services, { id: notification }, { limit: 1, offset: 1 })
    expect(second).toEqual({ count: 3, rows: [attempts[1]] })
    const stranger = await t.aPartner()
    await expect(attemptsFor(stranger.caller, notification)).rejects.toMatchObject({
      status: 404,
    })
  })

  test('without an answer says why', async () => {
    const { id } = await subscribe()
    await receiver.stop()
    await (await aSample()).tell('scheduled')
    await deliver()
    const notification = (await logOf(id))[0]!.id
    expect(await attemptsFor(partner.caller, notification)).toMatchObject([
      {
        responseStatus: null,
        responseMessage: expect.stringContaining('No connection'),
        responseHeaders: {},
      },
    ])
  })
})

describe('a test event', () => {
  test('has the requested type, concerns no sample, and is attempted once', async () => {
    const { id } = await subscribe()
    receiver.answers(answering(500))
    const notification = await sendTestEvent(t.services, partner.caller, id, {
      event_type: 'array_data_upload_left',
    })
    await deliver()
    await t.advance(NEXT_ATTEMPT)
    await deliver()
    expect(receiver.received.map(({ event }) => event.event_type)).toEqual(['array_data_upload_left'])
    // As a real one says it: a receiver that is tried out by it learns nothing wrong.
    expect(receiver.received[0]!.event.payload).toMatchObject({
      samples: [{ last_status: { status: 'consumer awaiting data' } }],
      reason: 'user_canceled',
      detail: null,
    })
    expect(await findNotification(t.services, partner.caller, notification)).toMatchObject({
      state: 'failed',
      attempts: 1,
    })
  })

  test('is retried on request', async () => {
    const { id } = await subscribe()
    receiver.answers(answering(500))
    await sendTestEvent(t.services, partner.caller, id, { retry: true })
    await deliver()
    receiver.answers(answering(200))
    await t.advance(6)
    await deliver()
    expect(receiver.received.map(({ event }) => event.event_type)).toEqual(
      Array(2).fill('analysis_complete_v2'),
    )
  })

  test('is refused for an unknown type, and while the subscription is off', async () => {
    const { id } = await subscribe()
    const send = (fields: Record<string, unknown>) => sendTestEvent(t.services, partner.caller, id, fields)
    await expect(send({ event_type: randomUUID() })).rejects.toMatchObject({ status: 400 })
    await changeSubscription(t.services, partner.caller, id, { disabled: true })
    await expect(send({})).rejects.toMatchObject({ status: 409 })
  })
})
