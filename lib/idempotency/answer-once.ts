import { type Caller, callerId } from '#lib/access/caller.ts'
import { sameDigest } from '#lib/keys/api-key.ts'
import { Problem } from '#lib/problem.ts'
import type { Services, Tx } from '#lib/services.ts'
import { isUuid } from '#lib/wire/fields.ts'
import {
  deleteAnswersAbout,
  deleteInFlight,
  deleteOldAnswers,
  insertAnswer,
  selectAnswer,
  tryHoldKey,
  updateAnswer,
} from './idempotency-table.ts'

/**
 * Do a request once per `Idempotency-Key` and caller: for 24 hours a repetition gets the first answer. Act and answer
 * are one transaction, so after a crash either both are there or neither.
 */
export async function answerInOneTransaction<Answer extends object>(
  { db }: Services,
  caller: Caller,
  named: { key: string; request: string },
  act: (tx: Tx) => Promise<Answer>,
): Promise<Answer> {
  const request = await describeRequest(callerId(caller), named)
  return db.transaction().execute(async (tx) => {
    const known = await holdKey(tx, request)
    if (known) return known as Answer
    const response = await act(tx)
    await insertAnswer(tx, { ...request, response })
    return response
  })
}

/**
 * Answer a request once per `Idempotency-Key` and caller, whatever transactions it needs of its own: for 24 hours a
 * repetition gets the first answer. A refusal is not kept, and an
 * answer about a sample goes with it. Should the process die between act and answer, the key is
 * free again after a minute, and the request may be done twice: where that must not be, use `answerInOneTransaction`.
 */
export async function answerAcrossTransactions<Answer extends object>(
  { db }: Pick<Services, 'db'>,
  caller: Caller,
  { sampleId, ...named }: { key: string; request: string; sampleId?: string | undefined },
  act: () => Promise<Answer>,
): Promise<Answer> {
  const request = await describeRequest(callerId(caller), named)
  const about = sampleId !== undefined && isUuid(sampleId) ? sampleId : null
  const known = await db.transaction().execute(async (tx) => {
    const answer = await holdKey(tx, request)
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

const KEY_CHARACTERS_MAX = 255

/** A request that wants to be done once, and who makes it. */
interface ClaimedRequest {
  callerId: string
  key: string
  requestHash: Uint8Array
}

/** What a request and its key are kept as. Throws 400 for a key that is none. */
async function describeRequest(
  callerId: string,
  { key, request }: { key: string; request: string },
): Promise<ClaimedRequest> {
  if (!/^[\x21-\x7e]+$/.test(key) || key.length > KEY_CHARACTERS_MAX) {
    throw new Problem(
      'invalid',
      `Idempotency-Key must be 1 to ${KEY_CHARACTERS_MAX} visible ASCII characters.`,
    )
  }
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(request))
  return { callerId, key, requestHash: new Uint8Array(digest) }
}

/**
 * Hold an `Idempotency-Key` until the transaction ends, and the answer it already has, if any. The same key with
 * another request is 422, and 409 while the first is in flight (draft-ietf-httpapi-idempotency-key-header).
 */
async function holdKey(tx: Tx, { callerId, key, requestHash }: ClaimedRequest): Promise<object | undefined> {
  const inProgress = () =>
    new Problem('conflict', 'A request with this Idempotency-Key is still in progress.', {
      retryAfterSeconds: 1,
    })
  if (!(await tryHoldKey(tx, callerId, key))) throw inProgress()
  const known = await selectAnswer(tx, callerId, key)
  if (!known || known.lost) return undefined
  if (!sameDigest(known.requestHash, requestHash)) {
    throw new Problem('unprocessable', 'This Idempotency-Key was used with a different request.')
  }
  if (known.response === null) throw inProgress()
  return known.response as object
}

/** Forget what was answered to an `Idempotency-Key` over 24 hours ago. */
export const forgetAnswers = ({ db }: Pick<Services, 'db'>): Promise<void> => deleteOldAnswers(db)

/** Forget what was answered about samples that are being deleted: an answer may repeat their metadata. */
export const forgetAnswersAbout = (tx: Tx, sampleIds: string[]): Promise<void> =>
  deleteAnswersAbout(tx, sampleIds)
