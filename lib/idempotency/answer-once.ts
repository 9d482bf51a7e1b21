import { type Caller, callerId } from '#lib/access/caller.ts'
import type { Services, Tx } from '#lib/services.ts'
import { claimKey, describeRequest } from './claim-key.ts'
import { insertAnswer } from './idempotency-table.ts'

/**
 * Do a request once per `Idempotency-Key` and caller: for 24 hours a repetition gets the first answer. Act and answer
 * are one transaction, so after a crash either both are there or neither.
 */
export async function answerOnce<Answer extends object>(
  { db }: Services,
  caller: Caller,
  named: { key: string; request: string },
  act: (tx: Tx) => Promise<Answer>,
): Promise<Answer> {
  const request = await describeRequest(callerId(caller), named)
  return db.transaction().execute(async (tx) => {
    const known = await claimKey(tx, request)
    if (known) return known as Answer
    const response = await act(tx)
    await insertAnswer(tx, { ...request, response })
    return response
  })
}
