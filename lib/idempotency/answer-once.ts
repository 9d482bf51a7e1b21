import { type Caller, callerId, reachOf } from '#lib/access/caller.ts'
import { workOff } from '#lib/platform/work-off.ts'
import { Problem } from '#lib/problem.ts'
import { sameDigest, sha256Of } from '#lib/sealing/digest.ts'
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
 * Act once per `Idempotency-Key` and caller: for 24 hours a repetition gets the first answer. `act` and the stored
 * answer are one transaction, so after a crash both exist or neither does.
 */
export async function answerInOneTransaction<Answer extends object>(
  { db }: Services,
  caller: Caller,
  named: { key: string; request: string },
  act: (tx: Tx) => Promise<Answer>,
): Promise<Answer> {
  const request = describeRequest(caller, named)
  return db.transaction().execute(async (tx) => {
    const known = await holdKey(tx, request)
    if (known) return known as Answer
    const response = await act(tx)
    await insertAnswer(tx, { ...request, response })
    return response
  })
}

/**
 * The same for an `act` with transactions of its own, outside the one that stores the answer. Refusals are not stored,
 * and an answer about a sample, or one that names it, is deleted with it. If the process dies between act and answer, the key is free again
 * after a minute and the request may be done twice; where that must not happen, use `answerInOneTransaction`.
 */
export async function answerAcrossTransactions<Answer extends object>(
  { db }: Pick<Services, 'db'>,
  caller: Caller,
  { sampleId, ...named }: { key: string; request: string; sampleId?: string | undefined },
  act: () => Promise<Answer>,
): Promise<Answer> {
  const request = describeRequest(caller, named)
  const about = sampleId !== undefined && isUuid(sampleId) ? sampleId : null
  const { known, claim } = await db.transaction().execute(async (tx) => {
    const known = await holdKey(tx, request)
    if (known) return { known }
    return { claim: await insertAnswer(tx, { ...request, response: null, sampleId: about }) }
  })
  if (claim === undefined) return known as Answer
  const inFlight = { callerId: request.callerId, key: request.key, claim }
  try {
    const answer = await act()
    await updateAnswer(db, inFlight, answer)
    return answer
  } catch (error) {
    await deleteInFlight(db, inFlight)
    throw error
  }
}

const KEY_CHARACTERS_MAX = 255

/** A request to be done once, and its caller. */
interface ClaimedRequest {
  callerId: string
  key: string
  requestHash: Uint8Array
}

/**
 * How a request and its key are stored. The projects that the caller is limited to are part of the request, because an
 * answer that was kept may be about one that it no longer sees. Throws 400 for an invalid key.
 */
function describeRequest(caller: Caller, { key, request }: { key: string; request: string }): ClaimedRequest {
  if (!/^[\x21-\x7e]+$/.test(key) || key.length > KEY_CHARACTERS_MAX) {
    throw new Problem(
      'invalid',
      `Idempotency-Key must be 1 to ${KEY_CHARACTERS_MAX} visible ASCII characters.`,
    )
  }
  const reach = reachOf(caller)
  // A caller that is bound to one project sees no other, so nothing is added.
  const isFixed = reach === null || (reach.length === 1 && reach[0] === caller.projectId)
  const text = isFixed ? request : `${request}\nin ${reach.toSorted().join(' ')}`
  return { callerId: callerId(caller), key, requestHash: sha256Of(text) }
}

/**
 * Lock an `Idempotency-Key` until the transaction ends. Returns its answer, if it has one. Throws 422 when the key was
 * used with another request, and 409 while the first is in flight (draft-ietf-httpapi-idempotency-key-header).
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

const BATCH = 1_000

/** Delete answers that are more than 24 hours old, for a while at most: the next sweep continues. */
export const forgetAnswers = ({ db }: Pick<Services, 'db'>): Promise<void> =>
  workOff(() => deleteOldAnswers(db, BATCH))

/** Delete answers that are about samples being deleted, or name them: they may repeat metadata, or hand out a dead link. */
export const forgetAnswersAbout = (tx: Tx, sampleIds: string[]): Promise<void> =>
  deleteAnswersAbout(tx, sampleIds)
