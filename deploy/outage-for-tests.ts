import { expect } from 'vitest'
import { PROTO } from '#lib/sessions/wire.ts'

const detail = 'Service temporarily unavailable, try again later.'

/** What programs get from everything that may stand in front, while no server answers: partners what the API itself would say. */
export const OUTAGE = {
  partner: { detail },
  /** The upload page then tries again. */
  upload: { proto: PROTO, reason: 'service_unavailable', detail, request_id: expect.any(String) },
}
