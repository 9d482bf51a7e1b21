import type { SessionView } from '#lib/sessions/wire.ts'

export const DIGEST = 'a'.repeat(64)
export const OTHER_DIGEST = 'b'.repeat(64)

/** A server reply: open and with ten minutes left, unless overridden. */
export const viewOf = (more: Partial<SessionView> = {}): SessionView => ({
  proto: 1,
  sample_id: '5f0d6c1e-94a7-4a0e-9d15-2b6f1f6f2c11',
  state: 'opened',
  reason: null,
  seconds_remaining: 600,
  locale: null,
  test: false,
  partner: {
    name: 'Northlight Health',
    support_url: null,
    privacy_url: null,
    purpose: null,
    purposes: null,
    raw_file_days: null,
    deliverable_days: null,
    brand: null,
  },
  policy: 'strict',
  upload: null,
  last_rejection: null,
  vendor: null,
  receipt: null,
  redirect_to: null,
  leads_back: true,
  failure_redirect: 'person',
  ...more,
})

export const rejectionOf = (sha256 = DIGEST, at = '2026-03-01T10:00:00.000Z') => ({
  reason: 'zip_damaged' as const,
  detail: 'checksum' as const,
  sha256,
  at,
})

export const partOf = (offset: number, size = 1000, sha256 = DIGEST) => ({
  path: '/api/upload/files/part',
  sha256,
  size,
  offset,
})
