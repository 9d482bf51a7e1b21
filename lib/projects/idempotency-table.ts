import { sql } from 'kysely'
import type { Database, Tx } from '#lib/services.ts'

/** Hold this key of this caller until the transaction ends; false when another request holds it now. */
export async function tryHoldKey(tx: Tx, apiKeyId: string, key: string): Promise<boolean> {
  const { rows } = await sql<{ held: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${`${apiKeyId} ${key}`}, 11)) as held`.execute(tx)
  return rows[0]!.held
}

/** What was answered to this key in the last 24 hours. */
export function selectAnswer(
  tx: Tx,
  apiKeyId: string,
  key: string,
): Promise<{ request_hash: Buffer; response: unknown } | undefined> {
  return tx
    .selectFrom('idempotency')
    .select(['request_hash', 'response'])
    .where('api_key_id', '=', apiKeyId)
    .where('key', '=', key)
    .where('created', '>', sql<Date>`app_now() - interval '24 hours'`)
    .executeTakeFirst()
}

/** Keep an answer; one that is over 24 hours old makes room. */
export async function insertAnswer(
  tx: Tx,
  answer: { apiKeyId: string; key: string; requestHash: Uint8Array; response: unknown },
): Promise<void> {
  const row = {
    request_hash: Buffer.from(answer.requestHash),
    response: JSON.stringify(answer.response),
    created: sql<Date>`app_now()`,
  }
  await tx
    .insertInto('idempotency')
    .values({ api_key_id: answer.apiKeyId, key: answer.key, ...row })
    .onConflict((conflict) => conflict.columns(['api_key_id', 'key']).doUpdateSet(row as never))
    .execute()
}

export async function deleteOldAnswers(db: Database): Promise<void> {
  await db
    .deleteFrom('idempotency')
    .where('created', '<', sql<Date>`app_now() - interval '24 hours'`)
    .execute()
}
