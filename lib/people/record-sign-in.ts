import { recordAudit } from '#lib/audit/record-audit.ts'
import type { Database } from '#lib/services.ts'

/** Someone who has not signed in yet. */
export interface Visitor {
  address: string
  requestId: string
}

/** Record that a person signed in to the console, was given tokens, or gave a password that still needs a code. */
export const recordSignIn = (
  db: Database,
  action: 'user.sign_in' | 'user.token' | 'user.password_given',
  userId: string,
  visitor: Visitor,
): Promise<void> =>
  recordAudit(db, {
    by: { apiKeyId: null, userId, role: null, projectId: null, ...visitor },
    action,
    projectId: null,
    targets: [userId],
  })

/**
 * Record a wrong password or code, or the try of a disabled person. Without an account there is nobody to name: what was
 * typed as the address is not stored. Tries that were refused with 429 are not recorded, so the trail cannot be flooded.
 */
export const recordRefusedSignIn = (
  db: Database,
  userId: string | undefined,
  visitor: Visitor,
): Promise<void> =>
  recordAudit(db, {
    by: { kind: 'anonymous', ...visitor },
    action: 'user.sign_in_refused',
    projectId: null,
    targets: userId === undefined ? [] : [userId],
  })
