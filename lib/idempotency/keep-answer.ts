import { type Caller, callerId } from '#lib/access/caller.ts'
import type { Services } from '#lib/services.ts'
import { isUuid } from '#lib/wire/is-uuid.ts'
import { claimKey, describeRequest } from './claim-key.ts'
import { deleteInFlight, insertAnswer, updateAnswer } from './idempotency-table.ts'

/**
 * Answer a request once per `Idempotency-Key` and caller, whatever transactions it needs of its own: for 24 hours a
 * repetition gets the first answer. A refusal is not kept, and an
 * answer about a sample goes with it. Should the process die between act and answer, the key is
 * free again after a minute, and the request may be done twice: where that must not be, use `answerOnce`.
 */
export async function keepAnswer<Answer extends object>(
  { db }: Pick<Services, 'db'>,
  caller: Caller,
  { sampleId, ...named }: { key: string; request: string; sampleId?: string | undefined },
  act: () => Promise<Answer>,
): Promise<Answer> {
  const request = await describeRequest(callerId(caller), named)
  const about = sampleId !== undefined && isUuid(sampleId) ? sampleId : null
  const known = await db.transaction().execute(async (tx) => {
    const answer = await claimKey(tx, request)
    if (!answer) await insertAnswer(tx, { ...request, response: null, sampleId: about })
    return answer
  })
  if (known) return known as Answer
  try {
    const answer = await act()
    await updateAnswer(db, request.callerId, request.key, answer)
    return answer
  } catch (error) {
    await deleteInFlight(db, request.callerId, request.key)
    throw error
  }
}
