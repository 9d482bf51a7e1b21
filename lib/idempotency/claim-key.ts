import { sameDigest } from '#lib/keys/api-key.ts'
import { Problem } from '#lib/problem.ts'
import type { Tx } from '#lib/services.ts'
import { selectAnswer, tryHoldKey } from './idempotency-table.ts'

const KEY_CHARACTERS_MAX = 255

/** A request that wants to be done once, and who makes it. */
export interface ClaimedRequest {
  callerId: string
  key: string
  requestHash: Uint8Array
}

/** What a request and its key are kept as. Throws 400 for a key that is none. */
export async function describeRequest(
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
export async function claimKey(
  tx: Tx,
  { callerId, key, requestHash }: ClaimedRequest,
): Promise<object | undefined> {
  const inProgress = () =>
    new Problem('conflict', 'A request with this Idempotency-Key is still in progress.', {
      retryAfterSeconds: 1,
    })
  if (!(await tryHoldKey(tx, callerId, key))) throw inProgress()
  const known = await selectAnswer(tx, callerId, key)
  if (!known || known.lost) return undefined
  if (!sameDigest(known.request_hash, requestHash)) {
    throw new Problem('unprocessable', 'This Idempotency-Key was used with a different request.')
  }
  if (known.response === null) throw inProgress()
  return known.response as object
}
