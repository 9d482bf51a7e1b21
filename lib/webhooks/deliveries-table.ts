import { sql } from 'kysely'
import { microsecondsOf } from '#lib/platform/db/microseconds.ts'
import type { Database, Tx } from '#lib/services.ts'
import type { WebhookEvent } from './event.ts'
import {
  DISABLE_AFTER_SECONDS,
  FAILURES_APART_SECONDS,
  IN_FLIGHT_PER_PROJECT,
  IN_FLIGHT_PER_PROJECT_FAILING,
  IN_FLIGHT_PER_SUBSCRIPTION,
  IN_FLIGHT_WHILE_FAILING,
  LEASE_SECONDS,
  OUTAGE_SECONDS,
} from './limits.ts'
import type { NotificationState } from './notification.ts'
import { DISABLED_REASONS } from './subscription.ts'

/** Advisory lock: one process at a time claims deliveries, so that limits and order hold across all of them. */
const CLAIMING = 48_614

/** A delivery that this process has claimed. */
export interface DueDelivery {
  id: string
  subscriptionId: string
  target: string
  /** Of a test project. */
  test: boolean
  /** Encrypted, the newest last. */
  sealedSecrets: string[]
  event: WebhookEvent
  /** Which claim of the notification this is: the time of it, in microseconds since 1970. */
  claim: string
  /** This attempt's number, from 1. */
  attempt: number
  attemptsMax: number
  /** The time of the world outside, which receivers compare with: the test clock does not count. */
  at: Date
}

type DueRow = Omit<DueDelivery, 'event'> & Omit<WebhookEvent, 'id'> & { eventId: string }

export interface DeliveryOutcome {
  id: string
  subscriptionId: string
  claim: string
  state: NotificationState
  /** Seconds until the next attempt, of those that are still pending. */
  delaySeconds: number
  durationMs: number
  responseStatus: number | null
  responseMessage: string
  requestHeaders: Record<string, string>
  responseHeaders: Record<string, string>
  /** The target asked never to be called again. */
  gone: boolean
  /** Its certificate was refused. Only for monitoring. */
  untrusted?: boolean
}

/** Whether any delivery may be due, or lost by the process that had it: one look into an index. */
export async function isAnythingDue(db: Database): Promise<boolean> {
  const due = sql<boolean>`exists (
    select from notification where state = 'pending' and due_at <= (select app_now()))`
  return (await db.selectNoFrom(due.as('due')).executeTakeFirstOrThrow()).due
}

/**
 * Claim deliveries that are due: at most `limit` in all, with a maximum for each subscription and each project. Projects
 * take turns, and the last `reserved` places go only to those that have nothing under way and whose receiver does not
 * fail. Subscriptions that fail come last in all; within a project they take turns and have a maximum together. A later
 * event of a sample waits while an earlier one is pending, however long that takes. A claim belongs to this process for
 * `LEASE_SECONDS`.
 */
export async function claimDue(
  db: Database,
  { limit, reserved }: { limit: number; reserved: number },
): Promise<DueDelivery[]> {
  return db.transaction().execute(async (tx) => {
    await freeLost(tx)
    const { rows } = await sql<DueRow>`
      with busy as (
        select s.project_id, count(*) as held, count(*) filter (where s.failing_since is not null) as failing
        from notification n join subscription s on s.id = n.subscription_id
        where n.in_flight group by s.project_id
      ),
      due as (
        select due.*, s.target, s.project_id, s.failing_since is not null as failing,
               case when s.failing_since is not null then s.last_failure_at end as failed_at,
               mine.held + row_number() over (partition by s.id order by due.due_at, due.seq) as turn,
               coalesce(busy.held, 0) as held, coalesce(busy.failing, 0) as held_failing
        from subscription s
        left join busy on busy.project_id = s.project_id
        cross join lateral (
          select count(*) as held from notification busy where busy.subscription_id = s.id and busy.in_flight
        ) mine
        cross join lateral (
          select n.id, n.due_at, n.seq from notification n
          where n.subscription_id = s.id and n.state = 'pending' and not n.in_flight
            and n.due_at <= (select app_now())
            -- Not "not exists": as a join it would be planned by statistics that a queue never has.
            and (select true from notification earlier
                 where earlier.sample_id = n.sample_id and earlier.seq < n.seq and earlier.state = 'pending'
                   and earlier.subscription_id = n.subscription_id
                 limit 1) is null
          order by n.due_at, n.seq
          limit greatest(0,
            case when s.failing_since is null then ${IN_FLIGHT_PER_SUBSCRIPTION}::int
                 else ${IN_FLIGHT_WHILE_FAILING}::int end
            - mine.held)
        ) due
        where s.disabled_at is null
      ),
      placed as (
        select *,
               held + row_number() over (
                 partition by project_id order by failing, failed_at, turn, due_at, seq) as place,
               held_failing + row_number() over (
                 partition by project_id, failing order by failed_at, due_at, seq) as failing_place
        from due
      ),
      ranked as (
        select id, target, project_id, failing, place, row_number() over (order by failing, place, due_at, seq) as rank
        from placed
        where place <= ${IN_FLIGHT_PER_PROJECT}
          and (not failing or failing_place <= ${IN_FLIGHT_PER_PROJECT_FAILING})
      ),
      chosen as (
        select id, target, project_id from ranked
        where rank <= ${limit}::int
          and (place = 1 and not failing or rank <= ${limit}::int - ${reserved}::int)
      )
      update notification n
         set in_flight = true, attempts = attempts + 1, attempted_at = app_now(),
             due_at = app_now() + make_interval(secs => ${LEASE_SECONDS})
        from chosen, webhook_event event
       where n.id = chosen.id and event.id = n.event_id
      returning n.id, n.subscription_id as "subscriptionId", chosen.target, n.attempts as attempt,
        exists (select from project where project.id = chosen.project_id and project.is_test) as test,
        ${claimOf('n.attempted_at')} as claim, n.attempts_max as "attemptsMax", clock_timestamp() as at,
        event.id as "eventId", event.type, event.payload, event.created,
        array(select sealed from subscription_secret secret
              where secret.subscription_id = n.subscription_id
                and (expires_at is null or expires_at > app_now())
              order by expires_at nulls last) as "sealedSecrets"`.execute(tx)
    return rows.map(({ eventId, type, payload, created, ...delivery }) => ({
      ...delivery,
      event: { id: eventId, type, payload, created },
    }))
  })
}

/** A claim by its time: another process, or a person who sends again, may have made a later one meanwhile. */
const claimOf = (time: 'n.attempted_at' | 'listed.at') => microsecondsOf(time)

const LOST = 'The attempt was interrupted: the service stopped before it knew of a response.'

/**
 * Claims without an outcome are free again once their lease has ended; the attempts are listed as what they were. One
 * transaction at a time claims or frees, so that no two lock the same rows in different orders.
 */
export async function freeLost(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${CLAIMING})`.execute(tx)
  await sql`
    with lost as (
      update notification set in_flight = false where in_flight and due_at <= (select app_now())
      returning id, attempted_at
    )
    insert into notification_attempt (notification_id, at, duration_ms, response_message, request_headers,
                                      response_headers)
    select id, attempted_at, ${LEASE_SECONDS * 1_000}::int, ${LOST}::text, '{}', '{}' from lost`.execute(tx)
}

/**
 * Record how deliveries ended, and update their subscriptions: one transaction for all of them. An outcome that comes
 * when its claim is no longer the current one completes the record of its own attempt, and decides nothing.
 */
export async function recordOutcomes(db: Database, outcomes: DeliveryOutcome[]): Promise<void> {
  await db.transaction().execute(async (tx) => {
    // Who claims, frees or sends again updates the same notifications, in another order.
    await sql`select pg_advisory_xact_lock(${CLAIMING})`.execute(tx)
    // Always in one order: two processes that update the same subscriptions must not deadlock.
    const ids = [...new Set(outcomes.map((outcome) => outcome.subscriptionId))]
    await sql`select from subscription where id = any(${ids}::uuid[]) order by id for no key update`.execute(
      tx,
    )
    const current = await updateNotifications(tx, outcomes)
    const late = outcomes.filter((outcome) => !current.includes(outcome))
    if (late.length > 0) await updateLost(tx, late)
    await postponeLater(tx, current)
    await updateSubscriptions(tx, current)
  })
}

const asRecords = (outcomes: DeliveryOutcome[]) => sql`
  json_to_recordset(${JSON.stringify(outcomes)}::json) as o(
    id uuid, claim bigint, state text, "delaySeconds" float8, "durationMs" int, "responseStatus" int,
    "responseMessage" text, "requestHeaders" jsonb, "responseHeaders" jsonb)`

/** Returns the outcomes whose claims were still current. */
async function updateNotifications(tx: Tx, outcomes: DeliveryOutcome[]): Promise<DeliveryOutcome[]> {
  const { rows } = await sql<{ id: string; claim: string }>`
    with ended as (
      update notification n
         set state = o.state, in_flight = false, duration_ms = o."durationMs",
             due_at = app_now() + make_interval(secs => o."delaySeconds"),
             response_status = o."responseStatus", response_message = o."responseMessage"
        from ${asRecords(outcomes)}
       where n.id = o.id and ${claimOf('n.attempted_at')} = o.claim and n.in_flight
      returning n.id, n.attempted_at, o.claim, o."durationMs", o."responseStatus", o."responseMessage",
        o."requestHeaders", o."responseHeaders"
    ),
    listed as (
      insert into notification_attempt (notification_id, at, duration_ms, response_status, response_message,
                                        request_headers, response_headers)
      select id, attempted_at, "durationMs", "responseStatus", "responseMessage", "requestHeaders",
        "responseHeaders" from ended
    )
    select id, claim::text as claim from ended`.execute(tx)
  const recorded = new Set(rows.map(({ id, claim }) => `${id} ${claim}`))
  return outcomes.filter(({ id, claim }) => recorded.has(`${id} ${claim}`))
}

/** The attempts were listed as lost; now it is known how they ended. */
async function updateLost(tx: Tx, late: DeliveryOutcome[]): Promise<void> {
  await sql`
    update notification_attempt listed
       set duration_ms = o."durationMs", response_status = o."responseStatus",
           response_message = o."responseMessage", request_headers = o."requestHeaders",
           response_headers = o."responseHeaders"
      from ${asRecords(late)}
     where listed.notification_id = o.id and ${claimOf('listed.at')} = o.claim`.execute(tx)
}

/** Later events of a sample fall due with the one they wait for, so that no claim has to pass over them again. */
async function postponeLater(tx: Tx, outcomes: DeliveryOutcome[]): Promise<void> {
  const waiting = outcomes.filter(({ state }) => state === 'pending').map(({ id }) => id)
  if (waiting.length === 0) return
  await sql`
    update notification later set due_at = earlier.due_at
      from notification earlier
     where earlier.id = any(${waiting}::uuid[]) and earlier.state = 'pending'
       and later.sample_id = earlier.sample_id and later.subscription_id = earlier.subscription_id
       and later.seq > earlier.seq and later.state = 'pending' and not later.in_flight
       and later.due_at < earlier.due_at`.execute(tx)
}

/** What waits for a later attempt is due at once: the receiver takes deliveries again after it took none. */
async function hasten(tx: Tx, subscriptions: string[]): Promise<void> {
  await sql`
    update notification set due_at = app_now()
     where subscription_id = any(${subscriptions}::uuid[]) and state = 'pending' and not in_flight
       and due_at > app_now()`.execute(tx)
}

/** A success ends a series of failures; a subscription that failed for too long, or is gone, is switched off. */
async function updateSubscriptions(tx: Tx, outcomes: DeliveryOutcome[]): Promise<void> {
  const idsOf = (wanted: (outcome: DeliveryOutcome) => boolean) => [
    ...new Set(outcomes.filter(wanted).map((outcome) => outcome.subscriptionId)),
  ]
  const well = idsOf((outcome) => outcome.state === 'delivered')
  const failing = idsOf((outcome) => outcome.state !== 'delivered').filter((id) => !well.includes(id))
  const gone = idsOf((outcome) => outcome.gone)
  if (well.length > 0) {
    const { rows } = await sql<{ id: string }>`
      select id from subscription where id = any(${well}::uuid[])
        and failing_since <= app_now() - make_interval(secs => ${OUTAGE_SECONDS})`.execute(tx)
    if (rows.length > 0) {
      await hasten(
        tx,
        rows.map(({ id }) => id),
      )
    }
    await sql`
      update subscription set failing_since = null, last_failure_at = null
      where id = any(${well}::uuid[]) and failing_since is not null`.execute(tx)
  }
  if (failing.length > 0) {
    await sql`
      update subscription
         set last_failure_at = app_now(),
             failing_since = case
               when last_failure_at > app_now() - make_interval(secs => ${FAILURES_APART_SECONDS})
               then coalesce(failing_since, app_now()) else app_now() end
       where id = any(${failing}::uuid[])`.execute(tx)
    await sql`
      update subscription set disabled_at = app_now(), disabled_reason = ${DISABLED_REASONS.failing}
       where id = any(${failing}::uuid[]) and disabled_at is null
         and failing_since <= app_now() - make_interval(secs => ${DISABLE_AFTER_SECONDS})`.execute(tx)
  }
  if (gone.length > 0) {
    await sql`
      update subscription set disabled_at = app_now(), disabled_reason = ${DISABLED_REASONS.gone}
       where id = any(${gone}::uuid[]) and disabled_at is null`.execute(tx)
  }
}

/** Deliveries still waiting, and for how many seconds the oldest has been queued. */
export async function selectBacklog(db: Database): Promise<{ waiting: number; oldestSeconds: number }> {
  // Those of a disabled subscription wait for its owner, not for us, and those of a test project for who tries it out.
  const { rows } = await sql<{ waiting: number; oldestSeconds: number }>`
    select count(*)::int as waiting,
           coalesce(greatest(0, extract(epoch from app_now() - min(n.queued_at) filter (where not project.is_test))), 0)::float8
             as "oldestSeconds"
      from subscription s join notification n on n.subscription_id = s.id join project on project.id = s.project_id
     where s.disabled_at is null and n.state = 'pending'`.execute(db)
  return rows[0]!
}
