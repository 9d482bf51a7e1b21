import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createOutbound } from '#lib/platform/outbound/create-outbound.ts'
import { type TestPartner, type TestServices, testServices } from '#lib/testing/test-services.ts'
import { changeSubscription, createSubscription, deleteSubscription } from './change-subscription.ts'
import { deleteLeftNotifications } from './delete-left-notifications.ts'
import { claimDue } from './deliveries-table.ts'
import { sendTestEvent } from './emit-event.ts'
import { insertTestEvent } from './events-table.ts'
import { findNotification, listNotifications, listNotificationsAbout } from './find-notification.ts'
import { findSubscription, listSubscriptions } from './find-subscription.ts'
import { SECRET_OVERLAP_SECONDS, SUBSCRIPTIONS_PER_PROJECT_MAX } from './limits.ts'
import { deleteNotificationsOf } from './notifications-table.ts'
import { resendNotification, resendRange } from './resend-notifications.ts'
import { rotateSecret } from './rotate-secret.ts'
import { openSecret } from './seal-secret.ts'
import { presentSubscription } from './wire.ts'

let t: TestServices
let partner: TestPartner

beforeAll(async () => {
  t = await testServices()
  partner = await t.aPartner()
})
afterAll(() => t.stop())

const TARGET = 'https://hooks.clinic.example/arraydrop'
const page = { limit: 25, offset: 0 }
const wanted = { target: TARGET, event_types: ['analysis_complete_v2'] }
const subscribe = (fields: Record<string, unknown> = {}, { caller, project } = partner) =>
  createSubscription(t.services, caller, project.id, { ...wanted, ...fields })

const signingSecrets = async (id: string) => {
  const rows = await t.services.db
    .selectFrom('subscription_secret')
    .select(['sealed', 'expires_at'])
    .where('subscription_id', '=', id)
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', sql<Date>`app_now()`)]))
    .orderBy('created')
    .execute()
  return Promise.all(rows.map(({ sealed }) => openSecret(t.services.secrets, id, sealed)))
}

test('a subscription is made switched off, as JSON or a form says it', async () => {
  for (const [disabled, off] of [
    [true, true],
    ['True', true],
    [false, false],
    ['false', false],
    [undefined, false],
  ] as const) {
    const { id } = await subscribe({ disabled })
    const { disabledAt } = await findSubscription(t.services, partner.caller, id)
    expect([disabled, disabledAt !== null]).toEqual([disabled, off])
    await deleteSubscription(t.services, partner.caller, id)
  }
})

test('a subscription is there as it was asked for, with each event type once', async () => {
  const made = await subscribe({
    name: 'Ours',
    event_types: ['sample_status_changed', 'sample_status_changed'],
  })
  expect(presentSubscription(await findSubscription(t.services, partner.caller, made.id))).toEqual({
    id: made.id,
    project: partner.project.id,
    protocol: 'webhook',
    name: 'Ours',
    target: TARGET,
    event_types: ['sample_status_changed'],
    has_secret: false,
    failing_since: null,
    disabled: false,
    disabled_at: null,
    disabled_reason: null,
  })
})

test.each([
  [{}, { target: ['This field is required.'], event_types: ['This field is required.'] }],
  [
    { target: '', event_types: [] },
    { target: ['This field may not be blank.'], event_types: ['This list may not be empty.'] },
  ],
  [{ ...wanted, event_types: ['nothing'] }, { event_types: ['"nothing" is not a valid choice.'] }],
  [{ ...wanted, event_types: 'x' }, { event_types: ['Expected a list of items.'] }],
  [{ ...wanted, name: 'a\0b' }, { name: ['Null characters are not allowed.'] }],
  [{ ...wanted, name: '\ud800' }, { name: ['Null characters are not allowed.'] }],
  [{ ...wanted, target: 7 }, { target: ['Not a valid string.'] }],
  [
    { ...wanted, target: `https://a.example/${'x'.repeat(255)}` },
    { target: ['Ensure this field has no more than 255 characters.'] },
  ],
  [{ ...wanted, target: 'lab@clinic.example' }, { target: [expect.stringContaining('e-mail')] }],
  [{ ...wanted, target: 'mailto:lab@clinic.example' }, { target: [expect.stringContaining('e-mail')] }],
  [{ ...wanted, target: 'http://hooks.clinic.example/' }, { target: ['The URL must use https.'] }],
  [{ ...wanted, target: 'https://127.0.0.1/' }, { target: ['The URL must name a host, not an IP address.'] }],
  [
    { ...wanted, target: 'https://hooks.clinic.example:22/' },
    { target: ['The URL must use port 443 or 8443.'] },
  ],
])('%j is refused with words for each field', async (fields, expected) => {
  const outbound = createOutbound({ allowPrivate: false })
  const services = { ...t.services, outbound }
  await expect(
    createSubscription(services, partner.caller, partner.project.id, fields),
  ).rejects.toMatchObject({
    status: 400,
    fields: expected,
  })
  await outbound.close()
})

test('a change keeps what it does not name, and is judged like a new subscription', async () => {
  const { id } = await subscribe({ name: 'Old' })
  const change = (fields: Record<string, unknown>) =>
    changeSubscription(t.services, partner.caller, id, fields)
  expect(await change({ name: 'New' })).toMatchObject({ name: 'New', target: TARGET })
  expect(await change({ event_types: ['array_data_upload_left'] })).toMatchObject({
    name: 'New',
    eventTypes: ['array_data_upload_left'],
  })
  await expect(change({ target: 'a@b' })).rejects.toMatchObject({
    status: 400,
    fields: { target: expect.anything() },
  })
  await expect(change({ event_types: [] })).rejects.toMatchObject({ status: 400 })
  expect(await change({ disabled: true })).toMatchObject({
    disabledReason: expect.stringContaining('request'),
  })
  expect(await change({ disabled: false })).toMatchObject({ disabledAt: null, disabledReason: null })
})

test('a project has a bounded number of subscriptions, however many are made at once', async () => {
  const other = await t.aPartner()
  for (let n = 3; n < SUBSCRIPTIONS_PER_PROJECT_MAX; n++) await subscribe({}, other)
  const many = Array.from({ length: 8 }, () => subscribe({}, other))
  const made = (await Promise.allSettled(many)).filter(({ status }) => status === 'fulfilled')
  expect(made).toHaveLength(3)
  await expect(subscribe({}, other)).rejects.toMatchObject({ status: 400 })
  expect(await listSubscriptions(t.services, other.caller, other.project.id, page)).toMatchObject({
    count: SUBSCRIPTIONS_PER_PROJECT_MAX,
  })
  const [one] = (await listSubscriptions(t.services, other.caller, other.project.id, page)).rows
  await deleteSubscription(t.services, other.caller, one!.id)
  await subscribe({}, other)
  await expect(subscribe({}, other)).rejects.toMatchObject({ status: 400 })
})

test('another project’s key sees nothing of it, and neither does what is no id: 404 each time', async () => {
  const { id } = await subscribe()
  const notification = await sendTestEvent(t.services, partner.caller, id, {})
  const { caller } = await t.aPartner()
  const services = t.services
  const tries: (() => Promise<unknown>)[] = [
    () => createSubscription(services, caller, partner.project.id, wanted),
    () => listSubscriptions(services, caller, partner.project.id, page),
    ...[id, randomUUID(), 'x'].flatMap((one) => [
      () => findSubscription(services, caller, one),
      () => changeSubscription(services, caller, one, { name: 'x' }),
      () => deleteSubscription(services, caller, one),
      () => rotateSecret(services, caller, one),
      () => sendTestEvent(services, caller, one, {}),
      () => listNotifications(services, caller, one, { ...page, state: undefined }),
      () => resendRange(services, caller, one, { from: '2026-01-01T00:00:00Z' }),
    ]),
    ...[notification, randomUUID(), 'x'].flatMap((one) => [
      () => findNotification(services, caller, one),
      () => resendNotification(services, caller, one),
    ]),
  ]
  for (const attempt of tries) {
    await expect(attempt()).rejects.toMatchObject({ status: 404, message: 'Not found.' })
  }
  await expect(findSubscription(services, partner.caller, id)).resolves.toMatchObject({
    id,
    hasSecret: false,
  })
})

test('a period that starts after its end is refused at its start', async () => {
  const { id } = await subscribe()
  const resend = (to: string) =>
    resendRange(t.services, partner.caller, id, { from: '2026-11-30T00:00:00Z', to })
  await expect(resend('2026-11-29T00:00:00Z')).rejects.toMatchObject({
    status: 400,
    fields: { from: ['This time is after the end.'] },
  })
  await expect(resend('2026-11-30T00:00:00Z')).resolves.toBe(0)
})

test('every secret signs for a day after it was replaced, however many replace it, and a sixth is refused', async () => {
  const { id } = await subscribe()
  const rotate = () => rotateSecret(t.services, partner.caller, id)
  const first = await rotate()
  expect(await signingSecrets(id)).toEqual([first])
  const second = await rotate()
  expect(await signingSecrets(id)).toEqual([first, second])
  await t.advance(SECRET_OVERLAP_SECONDS / 2)
  const later = [await rotate(), await rotate(), await rotate()]
  await expect(rotate()).rejects.toMatchObject({
    status: 409,
    message: expect.stringMatching(/^5 secrets sign .* 24 hours after it was replaced/),
  })
  expect(await signingSecrets(id)).toEqual([first, second, ...later])
  await t.advance(SECRET_OVERLAP_SECONDS / 2 + 1)
  expect(await signingSecrets(id)).toEqual([second, ...later])
  await t.advance(SECRET_OVERLAP_SECONDS / 2)
  expect(await signingSecrets(id)).toEqual(later.slice(-1))
  expect(await findSubscription(t.services, partner.caller, id)).toMatchObject({ hasSecret: true })
})

test('of rotations at the same moment, every secret signs', async () => {
  const { id } = await subscribe()
  const answered = await Promise.all([1, 2, 3, 4].map(() => rotateSecret(t.services, partner.caller, id)))
  expect((await signingSecrets(id)).toSorted()).toEqual(answered.toSorted())
})

test('a secret is in no column of no table', async () => {
  const { id } = await subscribe()
  const secret = await rotateSecret(t.services, partner.caller, id)
  const { rows } = await sql<{ text: string }>`
    select x::text as text from subscription_secret x union all select x::text from subscription x`.execute(
    t.services.db,
  )
  expect(rows.length).toBeGreaterThan(1)
  expect(rows.some(({ text }) => text.includes(secret))).toBe(false)
})

test('deleting a subscription deletes its secrets, and its log is found no more and goes with the next sweeps', async () => {
  const { db } = t.services
  const ofLinks = { event_types: ['array_data_upload_opened'] }
  const [{ id }, { id: other }] = [await subscribe(ofLinks), await subscribe(ofLinks)]
  await rotateSecret(t.services, partner.caller, id)
  const { sampleId } = await t.anOpenLink({}, partner)
  const about = () => listNotificationsAbout(t.services, sampleId, page)
  expect(await about()).toMatchObject({ count: 2 })
  const notification = await sendTestEvent(t.services, partner.caller, id, {})
  const held = await findSubscription(t.services, partner.caller, id)
  await deleteSubscription(t.services, partner.caller, id)
  await expect(findSubscription(t.services, partner.caller, id)).rejects.toMatchObject({ status: 404 })
  await expect(findNotification(t.services, partner.caller, notification)).rejects.toMatchObject({
    status: 404,
  })
  expect(await about()).toMatchObject({ count: 1, rows: [{ subscriptionId: other }] })
  expect(await claimDue(db, { limit: 50, reserved: 0 })).not.toContainEqual(
    expect.objectContaining({ subscriptionId: id }),
  )
  expect(await signingSecrets(id)).toEqual([])
  // An event that was on its way finds it gone.
  expect(
    await insertTestEvent(db, held, {
      type: 'array_data_upload_opened',
      payload: {} as never,
      attemptsMax: 1,
    }),
  ).toBe(undefined)

  const left = async () => {
    const rows = await db.selectFrom('notification').select('subscription_id').execute()
    return rows.map((row) => row.subscription_id)
  }
  // A batch, then the end of the process.
  expect(await deleteNotificationsOf(db, id, 1)).toBe(true)
  await Promise.all([1, 2].map(() => deleteLeftNotifications(t.services)))
  await deleteLeftNotifications(t.services)
  expect(await left()).not.toContain(id)
  expect(await left()).toContain(other)
  expect(await db.selectFrom('subscription_deleted').selectAll().execute()).toEqual([])
})
