import { Problem } from '#lib/problem.ts'
import type { Services, Tx } from '#lib/services.ts'
import { sameDigest } from './api-key.ts'
import type { Caller } from './caller.ts'
import { insertAnswer, selectAnswer, tryHoldKey } from './idempotency-table.ts'

const KEY_CHARACTERS_MAX = 255

/**
 * Do a request once per `Idempotency-Key` and caller: for 24 hours a repetition gets the first answer. Act and answer
 * are one transaction, so after a crash either both are there or neither. The same key with another request is 422,
 * and 409 while the first is in flight (draft-ietf-httpapi-idempotency-key-header).
 */
export async function answerOnce<Answer extends object>(
  { db }: Services,
  caller: Caller,
  { key, request }: { key: string; request: string },
  act: (tx: Tx) => Promise<Answer>,
): Promise<Answer> {
  if (!/^[\x21-\x7e]+$/.test(key) || key.length > KEY_CHARACTERS_MAX) {
    throw new Problem(
      'invalid',
      `Idempotency-Key must be 1 to ${KEY_CHARACTERS_MAX} visible ASCII characters.`,
    )
  }
  const requestHash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(request)))

  return db.transaction().execute(async (tx) => {
    if (!(await tryHoldKey(tx, caller.apiKeyId, key))) {
      throw new Problem('conflict', 'A request with this Idempotency-Key is still in progress.', {
        retryAfterSeconds: 1,
      })
    }
    const known = await selectAnswer(tx, caller.apiKeyId, key)
    if (known) {
      if (!sameDigest(known.request_hash, requestHash)) {
        throw new Problem('unprocessable', 'This Idempotency-Key was used with a different request.')
      }
      return known.response as Answer
    }
    const response = await act(tx)
    await insertAnswer(tx, { apiKeyId: caller.apiKeyId, key, requestHash, response })
    return response
  })
}
