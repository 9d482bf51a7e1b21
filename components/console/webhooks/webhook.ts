import type { z } from 'zod'
import type {
  EventTypeItem,
  NotificationDetails,
  NotificationListItem,
  SubscriptionDetails,
} from '#lib/webhooks/wire.ts'

export type Webhook = z.infer<typeof SubscriptionDetails>
export type Delivery = z.infer<typeof NotificationListItem>
export type DeliveryDetails = z.infer<typeof NotificationDetails>
export type EventTypeWords = z.infer<typeof EventTypeItem>

/** Beginnings of paths that change with a webhook or with what it is told. */
export const WEBHOOK_PATHS = ['project-subscription', 'sample-notifications/', 'notifications/'] as const

/** How a webhook does, in a word that its badge shows. */
export function healthOf({ disabled, failing_since }: Webhook): 'active' | 'failing' | 'disabled' {
  if (disabled) return 'disabled'
  return failing_since === null ? 'active' : 'failing'
}

/** Where a delivery stands: one that failed before and will be tried again is told from one that is new. */
export function deliveryState({ status, attempts }: Delivery): string {
  if (status !== 'pending') return status
  return attempts > 0 ? 'retrying' : 'waiting'
}
