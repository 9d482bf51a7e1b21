/** A partner's webhook on a project. */
export interface Subscription {
  id: string
  projectId: string
  name: string
  target: string
  eventTypes: string[]
  hasSecret: boolean
  created: Date
  /** Since when every delivery has failed; null after a success. */
  failingSince: Date | null
  /** Nothing is delivered while it is disabled; events wait. */
  disabledAt: Date | null
  disabledReason: string | null
}

/** Why a subscription is off, in words for the operator and the partner. */
export const DISABLED_REASONS = {
  gone: 'The target answered 410 Gone.',
  failing: 'Every delivery failed for five days.',
  request: 'It was switched off by request.',
} as const
