import { sql } from 'kysely'
import { deleteSome } from '#lib/platform/db/delete-some.ts'
import type { Database, Tx } from '#lib/services.ts'

/** A request without an answer for this long died with its process. */
const IN_FLIGHT_SECONDS_MAX = 60

interface KnownAnswer {
  requestHash: Uint8Array
  /** Null while the first request is in flight. */
  response: unknown
  /** The request was lost with its process. */
  lost: boolean
}

/** Lock this key of this caller until the transaction ends; false when another request holds it. */
export async function tryHoldKey(tx: Tx, callerId: string, key: string): Promise<boolean> {
  const { rows } = await sql<{ held: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${`${callerId} ${key}`}, 11)) as held`.execute(tx)
  return rows[0]!.held
}

/** The answer to this key in the last 24 hours. */
export function selectAnswer(tx: Tx, callerId: string, key: string): Promise<KnownAnswer | undefined> {
  return tx
    .selectFrom('idempotency')
    .select(['request_hash as requestHash', 'response'])
    .select(
      sql<boolean>`response is null and created < app_now() - ${IN_FLIGHT_SECONDS_MAX} * interval '1 second'`.as(
        'lost',
      ),
    )
    .where('caller_id', '=', callerId)
    .where('key', '=', key)
    .where('created', '>', sql<Date>`app_now() - interval '24 hours'`)
    .executeTakeFirst()
}

/**
 * Store an answer, or that a request is in flight; replaces an entry over 24 hours old or lost. Returns the claim: what
 * this request alone knows of the entry.
 */
export async function insertAnswer(
  tx: Tx,
  answer: {
    callerId: string
    key: string
    requestHash: Uint8Array
    response: object | null
    sampleId?: string | null
  },
): Promise<string> {
  const claim = crypto.randomUUID()
  const row = {
    request_hash: Buffer.from(answer.requestHash),
    response: answer.response && JSON.stringify(answer.response),
    sample_id: answer.sampleId ?? null,
    named: idsIn(answer.response),
    created: sql<Date>`app_now()`,
    claim,
  }
  await tx
    .insertInto('idempotency')
    .values({ caller_id: answer.callerId, key: answer.key, ...row })
    .onConflict((conflict) => conflict.columns(['caller_id', 'key']).doUpdateSet(row as never))
    .execute()
  return claim
}

/** The request in flight, as only the one that holds it can name it: another one may have its key by now. */
export interface InFlight {
  callerId: string
  key: string
  claim: string
}

/** Store the answer of the request in flight, while the key is still its own. */
export async function updateAnswer(
  db: Database,
  { callerId, key, claim }: InFlight,
  response: object,
): Promise<void> {
  await db
    .updateTable('idempotency')
    .set({ response: JSON.stringify(response), named: idsIn(response) })
    .where('caller_id', '=', callerId)
    .where('key', '=', key)
    .where('claim', '=', claim)
    .execute()
}

/** The request in flight was refused: its key is free again. */
export async function deleteInFlight(db: Database, { callerId, key, claim }: InFlight): Promise<void> {
  await db
    .deleteFrom('idempotency')
    .where('caller_id', '=', callerId)
    .where('key', '=', key)
    .where('claim', '=', claim)
    .where('response', 'is', null)
    .execute()
}

/** Delete answers to requests about these samples, and answers that name one of them. */
export async function deleteAnswersAbout(tx: Tx, sampleIds: string[]): Promise<void> {
  await sql`
    delete from idempotency
     where sample_id = any(${sampleIds}::uuid[]) or named && ${sampleIds}::uuid[]`.execute(tx)
}

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi

/** Every id in an answer, also one inside of a URL. */
const idsIn = (response: object | null): string[] =>
  response === null ? [] : [...new Set(JSON.stringify(response).match(UUID))]

/** Delete at most so many answers that are over 24 hours old. Returns whether there may be more. */
export const deleteOldAnswers = (db: Database, limit: number): Promise<boolean> =>
  deleteSome(db, 'idempotency', sql`created < (select app_now()) - interval '24 hours'`, limit)
