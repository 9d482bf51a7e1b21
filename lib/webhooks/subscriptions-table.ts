import { type Selectable, sql } from 'kysely'
import type { Schema } from '#lib/platform/db/schema.ts'
import type { Database, Tx } from '#lib/services.ts'
import { SECRET_OVERLAP_SECONDS, SECRETS_SIGNING_MAX } from './limits.ts'
import type { Subscription } from './subscription.ts'

type Row = Selectable<Schema['subscription']> & { has_secret: boolean }

const fromRow = (row: Row): Subscription => ({
  id: row.id,
  projectId: row.project_id,
  name: row.name,
  target: row.target,
  eventTypes: row.event_types,
  hasSecret: row.has_secret,
  created: row.created,
  failingSince: row.failing_since,
  disabledAt: row.disabled_at,
  disabledReason: row.disabled_reason,
})

const hasSecret = sql<boolean>`exists (
  select from subscription_secret where subscription_id = subscription.id)`.as('has_secret')

export async function selectSubscription(db: Database | Tx, id: string): Promise<Subscription | undefined> {
  const found = db.selectFrom('subscription').selectAll().select(hasSecret).where('id', '=', id)
  const row = await found.executeTakeFirst()
  return row && fromRow(row)
}

/** One page of a project's subscriptions, oldest first, and how many there are in all. */
export async function selectSubscriptions(
  db: Database | Tx,
  projectId: string,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ count: number; rows: Subscription[] }> {
  const ofProject = db.selectFrom('subscription').where('project_id', '=', projectId)
  const { count } = await ofProject
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow()
  const page = ofProject.selectAll().select(hasSecret).orderBy('created').orderBy('id')
  const rows = await page.limit(limit).offset(offset).execute()
  return { count: Number(count), rows: rows.map(fromRow) }
}

/** Add a subscription; undefined when the project has as many as it may, which a constraint of the database decides. */
export async function insertSubscription(
  tx: Tx,
  {
    projectId,
    name,
    target,
    eventTypes,
    disabledReason,
  }: Pick<Subscription, 'projectId' | 'name' | 'target' | 'eventTypes' | 'disabledReason'>,
): Promise<Subscription | undefined> {
  try {
    const row = await tx
      .insertInto('subscription')
      .values({
        project_id: projectId,
        name,
        target,
        event_types: eventTypes,
        ...(disabledReason === null
          ? {}
          : { disabled_at: sql<Date>`app_now()`, disabled_reason: disabledReason }),
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    return fromRow({ ...row, has_secret: false })
  } catch (error) {
    if ((error as { constraint?: string }).constraint === 'project_subscriptions_max') return undefined
    throw error
  }
}

export async function updateSubscription(
  db: Database | Tx,
  id: string,
  change: Partial<Pick<Subscription, 'name' | 'target' | 'eventTypes'>>,
): Promise<void> {
  await db
    .updateTable('subscription')
    .set({
      modified: sql<Date>`app_now()`,
      ...(change.name === undefined ? {} : { name: change.name }),
      ...(change.target === undefined ? {} : { target: change.target }),
      ...(change.eventTypes === undefined ? {} : { event_types: change.eventTypes }),
    })
    .where('id', '=', id)
    .execute()
}

/**
 * Switch on, clearing earlier failures, or off for a reason. Switching off twice keeps the first reason. What waited
 * meanwhile is due when it is switched on, and counts as queued then.
 */
export async function updateSubscriptionDisabled(
  db: Database | Tx,
  id: string,
  reason: string | null,
): Promise<void> {
  const change =
    reason === null
      ? { disabled_at: null, disabled_reason: null, failing_since: null, last_failure_at: null }
      : { disabled_at: sql<Date>`app_now()`, disabled_reason: reason }
  let update = db.updateTable('subscription').set(change).where('id', '=', id)
  update = update.where('disabled_at', reason === null ? 'is not' : 'is', null)
  const { numUpdatedRows } = await update.executeTakeFirst()
  if (reason === null && numUpdatedRows > 0n) {
    await sql`update notification set due_at = app_now(), queued_at = app_now()
      where subscription_id = ${id} and state = 'pending' and not in_flight`.execute(db)
  }
}

/** With its secrets; its notifications are found no more, and `deleteLeftNotifications` deletes them. */
export async function deleteSubscriptionRow(db: Database | Tx, id: string): Promise<void> {
  await db.deleteFrom('subscription').where('id', '=', id).execute()
}

/**
 * The new secret signs from now on, the previous one until the overlap ends, and earlier ones until theirs does: whoever
 * uses one of them has that time, however many replace it. Returns false, and does nothing, while as many sign as may.
 */
export async function replaceSecret(tx: Tx, subscriptionId: string, sealed: string): Promise<boolean> {
  await sql`select from subscription where id = ${subscriptionId} for update`.execute(tx)
  await sql`delete from subscription_secret
    where subscription_id = ${subscriptionId} and expires_at <= app_now()`.execute(tx)
  const { signing } = await tx
    .selectFrom('subscription_secret')
    .select((eb) => eb.fn.countAll<string>().as('signing'))
    .where('subscription_id', '=', subscriptionId)
    .executeTakeFirstOrThrow()
  if (Number(signing) >= SECRETS_SIGNING_MAX) return false
  await sql`update subscription_secret
    set expires_at = app_now() + make_interval(secs => ${SECRET_OVERLAP_SECONDS})
    where subscription_id = ${subscriptionId} and expires_at is null`.execute(tx)
  await tx.insertInto('subscription_secret').values({ subscription_id: subscriptionId, sealed }).execute()
  return true
}

/** Secrets sealed with a key other than this one, at most `limit`. */
export const selectSecretsSealedOtherwise = (db: Database, kid: string, limit: number) =>
  db
    .selectFrom('subscription_secret')
    .select(['id', 'subscription_id as subscriptionId', 'sealed'])
    .where(sql<boolean>`not starts_with(sealed, ${`${kid}.`})`)
    .orderBy('id')
    .limit(limit)
    .execute()

/** Replace a sealed secret, unless it changed in the meantime. */
export async function updateSealedSecret(db: Database, id: string, from: string, to: string): Promise<void> {
  const change = db.updateTable('subscription_secret').set({ sealed: to }).where('id', '=', id)
  await change.where('sealed', '=', from).execute()
}
