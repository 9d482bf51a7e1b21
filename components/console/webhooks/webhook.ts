import type { z } from 'zod'
import type {
  DeliveryAttemptItem,
  EventTypeItem,
  NotificationDetails,
  NotificationListItem,
  SubscriptionDetails,
} from '#lib/webhooks/wire.ts'

export type Webhook = z.infer<typeof SubscriptionDetails>
export type Delivery = z.infer<typeof NotificationListItem>
export type Attempt = z.infer<typeof DeliveryAttemptItem>
export type DeliveryDetails = z.infer<typeof NotificationDetails>
export type EventTypeWords = z.infer<typeof EventTypeItem>

/** The health of a webhook, as its badge shows it. */
export function healthOf({ disabled, failing_since }: Webhook): 'active' | 'failing' | 'disabled' {
  if (disabled) return 'disabled'
  return failing_since === null ? 'active' : 'failing'
}

/** The state of a delivery. One that failed and will be retried is distinct from a new one. */
export function deliveryState({ status, attempts }: Delivery): string {
  if (status !== 'pending') return status
  return attempts > 0 ? 'retrying' : 'waiting'
}
