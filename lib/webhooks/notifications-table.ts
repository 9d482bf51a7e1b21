import { type Selectable, sql } from 'kysely'
import { microsecondsOf, timeOf } from '#lib/platform/db/microseconds.ts'
import type { Schema } from '#lib/platform/db/schema.ts'
import type { Database, Tx } from '#lib/services.ts'
import { pastShown } from '#lib/wire/fields.ts'
import { COUNT_MAX, type ListPage } from '#lib/wire/list-page.ts'
import { freeLost } from './deliveries-table.ts'
import type { DeliveryAttempt, Notification, NotificationState } from './notification.ts'

type Row = Selectable<Schema['notification']> & {
  event_type: string
  payload: unknown
  event_created: Date
}

const fromRow = (row: Row): Notification => ({
  id: row.id,
  subscriptionId: row.subscription_id,
  eventId: row.event_id,
  eventType: row.event_type,
  payload: row.payload,
  eventCreated: row.event_created,
  state: row.state,
  attempts: row.attempts,
  nextAttemptAt: row.state === 'pending' ? row.due_at : null,
  attemptedAt: row.attempted_at,
  durationMs: row.duration_ms,
  responseStatus: row.response_status,
  responseMessage: row.response_message,
  created: row.created,
})

const withEvents = (db: Database | Tx) =>
  db
    .selectFrom('notification')
    .innerJoin('webhook_event as event', 'event.id', 'notification.event_id')
    .selectAll('notification')
    .select(['event.type as event_type', 'event.payload', 'event.created as event_created'])

export async function selectNotification(db: Database | Tx, id: string): Promise<Notification | undefined> {
  const row = await withEvents(db).where('notification.id', '=', id).executeTakeFirst()
  return row && fromRow(row)
}

/** One page of the attempts of a notification, the latest first, and how many there are. */
export async function selectAttempts(
  db: Database | Tx,
  notificationId: string,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ count: number; rows: DeliveryAttempt[] }> {
  const ofNotification = db.selectFrom('notification_attempt').where('notification_id', '=', notificationId)
  const { count } = await ofNotification
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow()
  const rows = await ofNotification
    .selectAll()
    .orderBy('at', 'desc')
    .orderBy('id')
    .limit(limit)
    .offset(offset)
    .execute()
  return {
    count: Number(count),
    rows: rows.map((row) => ({
      at: row.at,
      durationMs: row.duration_ms,
      responseStatus: row.response_status,
      responseMessage: row.response_message,
      requestHeaders: row.request_headers as Record<string, string>,
      responseHeaders: row.response_headers as Record<string, string>,
    })),
  }
}

/** A notification of a log, with its time to the microsecond and its number: its place in the log. */
export interface LoggedNotification extends Notification {
  place: string
}

/** One page of a subscription's log, newest first, behind a place or an offset, and one row more; counted to COUNT_MAX + 1. */
export async function selectNotifications(
  db: Database | Tx,
  subscriptionId: string,
  { state, limit, offset, after }: ListPage & { state: NotificationState | undefined },
): Promise<{ count: number; rows: LoggedNotification[] }> {
  let counted = db.selectFrom('notification').where('subscription_id', '=', subscriptionId)
  let listed = withEvents(db).where('notification.subscription_id', '=', subscriptionId)
  if (state !== undefined) {
    counted = counted.where('state', '=', state)
    listed = listed.where('notification.state', '=', state)
  }
  const { count } = await db
    .selectFrom(
      counted
        .select('seq')
        .limit(COUNT_MAX + 1)
        .as('some'),
    )
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow()
  const [at, seq] = after?.value.split('.') ?? []
  const behind = sql<boolean>`(notification.created, notification.seq)
    < (${timeOf(at)}, ${seq}::bigint)`
  const page = after ? listed.where(behind) : listed.offset(offset)
  const rows = await page
    .select(sql<string>`${microsecondsOf('notification.created')} || '.' || notification.seq`.as('place'))
    .orderBy('notification.created', 'desc')
    .orderBy('notification.seq', 'desc')
    .limit(limit + 1)
    .execute()
  return { count: Number(count), rows: rows.map((row) => ({ ...fromRow(row), place: row.place })) }
}

interface ResendChoice {
  /** One notification. */
  id?: string
  /** Those whose event happened between these two times, both included. */
  from?: Date
  to?: Date
  state?: NotificationState | undefined
}

/**
 * Queue notifications of a subscription again, from the first attempt, in the order of their events; at most `limit`,
 * oldest first. Skips one that is being delivered; an attempt that was lost is listed first. Returns how many were
 * queued.
 */
export function requeueNotifications(
  db: Database,
  subscriptionId: string,
  { id, from, to, state }: ResendChoice,
  { limit, attemptsMax }: { limit: number; attemptsMax: number },
): Promise<number> {
  return db.transaction().execute(async (tx) => {
    await freeLost(tx)
    let chosen = tx
      .selectFrom('notification')
      .innerJoin('webhook_event as event', 'event.id', 'notification.event_id')
      .where('notification.subscription_id', '=', subscriptionId)
      .where('notification.in_flight', '=', false)
    if (id !== undefined) chosen = chosen.where('notification.id', '=', id)
    if (from !== undefined) chosen = chosen.where('event.created', '>=', from)
    if (to !== undefined) chosen = chosen.where('event.created', '<', pastShown(to))
    if (state !== undefined) chosen = chosen.where('notification.state', '=', state)
    const { numUpdatedRows } = await tx
      .updateTable('notification')
      .set({
        state: 'pending',
        attempts: 0,
        attempts_max: attemptsMax,
        queued_at: sql<Date>`app_now()`,
        due_at: sql<Date>`app_now()`,
      })
      .where('id', 'in', chosen.select('notification.id').orderBy('seq').limit(limit))
      // Looked at again in each row that is updated: it may have been claimed since it was chosen.
      .where('in_flight', '=', false)
      .executeTakeFirst()
    return Number(numUpdatedRows)
  })
}

export interface SampleNotification extends Notification {
  subscriptionName: string
  target: string
}

/** One page of the deliveries about a sample, to any subscription, newest first, and how many there are. */
export async function selectNotificationsAbout(
  db: Database,
  sampleId: string,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ count: number; rows: SampleNotification[] }> {
  const [{ count }, rows] = await Promise.all([
    db
      .selectFrom('notification')
      .innerJoin('subscription', 'subscription.id', 'notification.subscription_id')
      .where('notification.sample_id', '=', sampleId)
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow(),
    withEvents(db)
      .innerJoin('subscription', 'subscription.id', 'notification.subscription_id')
      .select(['subscription.name as subscription_name', 'subscription.target'])
      .where('notification.sample_id', '=', sampleId)
      .orderBy('notification.created', 'desc')
      .orderBy('notification.seq', 'desc')
      .limit(limit)
      .offset(offset)
      .execute(),
  ])
  return {
    count: Number(count),
    rows: rows.map((row) => ({
      ...fromRow(row),
      subscriptionName: row.subscription_name,
      target: row.target,
    })),
  }
}

/** Subscriptions that are gone, and whose notifications are to go. */
export async function selectDeletedSubscriptions(db: Database): Promise<string[]> {
  const rows = await db
    .selectFrom('subscription_deleted')
    .select('subscription_id')
    .orderBy('deleted_at')
    .execute()
  return rows.map((row) => row.subscription_id)
}

/**
 * Delete at most `limit` notifications of a subscription that is gone. Returns whether there may be more. Any number of
 * processes may call it at once.
 */
export async function deleteNotificationsOf(db: Database, gone: string, limit: number): Promise<boolean> {
  const { numAffectedRows = 0n } = await sql`
    delete from notification where id = any(array(
      select id from notification where subscription_id = ${gone}
       order by created, seq limit ${limit} for update skip locked))`.execute(db)
  if (numAffectedRows > 0n) return true
  // While another transaction holds some, they are left for the next sweep.
  await sql`
    delete from subscription_deleted where subscription_id = ${gone}
       and (select id from notification where subscription_id = ${gone} order by created, seq limit 1) is null`.execute(
    db,
  )
  return false
}
