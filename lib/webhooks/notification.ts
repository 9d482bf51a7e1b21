/** One event's delivery to one subscription, as its log shows it. */
export interface Notification {
  id: string
  subscriptionId: string
  eventId: string
  eventType: string
  payload: unknown
  eventCreated: Date
  state: NotificationState
  attempts: number
  /** When the next attempt is made; null once there is none. */
  nextAttemptAt: Date | null
  attemptedAt: Date | null
  durationMs: number | null
  /** Null while nothing was tried, and when there was no answer. */
  responseStatus: number | null
  /** The beginning of the answer, or why there was none. */
  responseMessage: string | null
  created: Date
}

/** One attempt to deliver a notification; it stays when the notification is sent again. */
export interface DeliveryAttempt {
  at: Date
  durationMs: number
  /** Null when there was no answer. */
  responseStatus: number | null
  /** The beginning of the answer, or why there was none. */
  responseMessage: string
  requestHeaders: Record<string, string>
  /** As received, without cookies. */
  responseHeaders: Record<string, string>
}

export const NOTIFICATION_STATES = ['pending', 'delivered', 'failed'] as const
export type NotificationState = (typeof NOTIFICATION_STATES)[number]
