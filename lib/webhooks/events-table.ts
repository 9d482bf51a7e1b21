import { sql } from 'kysely'
import { deleteSome } from '#lib/platform/db/delete-some.ts'
import type { Database, Tx } from '#lib/services.ts'
import type { EventPayload, EventType } from './event.ts'

interface NewEvent {
  projectId: string
  sampleId: string
  type: EventType
  payload: EventPayload
  attemptsMax: number
}

/**
 * Insert an event with a notification for every subscription to its type; nothing where there is none. Locks these
 * subscriptions, so that deleting one at the same moment cannot make the caller's transaction fail.
 */
export async function insertWebhookEvent(
  tx: Tx,
  { projectId, sampleId, type, payload, attemptsMax }: NewEvent,
) {
  await sql`
    with wanted as (
      select id from subscription
      where project_id = ${projectId} and event_types @> array[${type}] for key share
    ),
    event as (
      insert into webhook_event (id, project_id, sample_id, type, payload)
      select gen_random_uuid(), ${projectId}, ${sampleId}, ${type}, ${JSON.stringify(payload)}::json
      where exists (select from wanted)
      returning id
    )
    insert into notification (subscription_id, event_id, sample_id, attempts_max)
    select wanted.id, event.id, ${sampleId}, ${attemptsMax}::int from wanted, event`.execute(tx)
}

/**
 * Insert a test event for a single subscription. Returns the id of its notification; undefined when it was deleted at the
 * same moment.
 */
export async function insertTestEvent(
  db: Database | Tx,
  subscription: { id: string; projectId: string },
  { type, payload, attemptsMax }: Pick<NewEvent, 'type' | 'payload' | 'attemptsMax'>,
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    with wanted as (
      select id from subscription where id = ${subscription.id} for key share
    ),
    event as (
      insert into webhook_event (id, project_id, type, payload)
      select gen_random_uuid(), ${subscription.projectId}, ${type}, ${JSON.stringify(payload)}::json from wanted
      returning id
    )
    insert into notification (subscription_id, event_id, attempts_max)
    select wanted.id, event.id, ${attemptsMax}::int from wanted, event returning id`.execute(db)
  return rows[0]?.id
}

/** Delete events older than `days`, with their notifications; at most `limit`. Returns whether there may be more. */
export const deleteOldEvents = (
  db: Database,
  { days, limit }: { days: number; limit: number },
): Promise<boolean> =>
  deleteSome(
    db,
    'webhook_event',
    sql`created < (select app_now()) - make_interval(days => ${days}::int)`,
    limit,
  )
