import { z } from 'zod'
import {
  BLANK,
  EMPTY_LIST,
  flag,
  isUnturned,
  isVisible,
  missing,
  NO_NULL_CHARACTERS,
  NOT_LIST,
  TURNED,
  text,
  WireTime,
  wireTime,
  wireTimeOrNull,
} from '#lib/wire/fields.ts'
import { choice, QueryTime, QueryTimeFrom } from '#lib/wire/query-fields.ts'
import { deliveryBody, EVENT_TYPES, type EventType, isEventType } from './event.ts'
import { type DeliveryAttempt, NOTIFICATION_STATES, type Notification } from './notification.ts'
import type { SampleNotification } from './notifications-table.ts'
import type { Subscription } from './subscription.ts'

const TARGET_CHARACTERS_MAX = 255
const NAME_CHARACTERS_MAX = 255

const Name = text(NAME_CHARACTERS_MAX, NO_NULL_CHARACTERS)
  .refine(isUnturned, TURNED)
  .refine((name) => name === '' || isVisible(name), BLANK)

const Target = text(TARGET_CHARACTERS_MAX, NO_NULL_CHARACTERS).min(1, BLANK)

const EventTypeKey = z
  .string({ error: missing() })
  .refine(isEventType, { error: ({ input }) => `"${String(input).slice(0, 60)}" is not a valid choice.` })
  .transform((type) => type as EventType)

const EventTypes = z
  .array(EventTypeKey, { error: missing(NOT_LIST) })
  .min(1, EMPTY_LIST)
  .transform((types) => [...new Set(types)])

/** Body of `POST project-subscriptions/{project}`. */
export const SubscriptionRequest = z.object({
  name: Name.default(''),
  target: Target,
  event_types: EventTypes,
  /** Ours: made, and not started. */
  disabled: flag().default(false),
})

/** Body of `PATCH project-subscription-details/{id}`; ours. */
export const SubscriptionChange = z.strictObject({
  name: Name.optional(),
  target: Target.optional(),
  event_types: EventTypes.optional(),
  disabled: flag().optional(),
})

/** Body of `POST project-subscription-test/{id}`. */
export const TestEventRequest = z.object({
  event_type: EventTypeKey.default('analysis_complete_v2'),
  retry: flag().default(false),
})

/** Body of `POST project-subscription-resend/{id}`; ours. */
export const ResendRequest = z.strictObject({
  from: QueryTimeFrom,
  to: QueryTime.optional(),
  status: z.enum(NOTIFICATION_STATES, { error: 'Not a valid choice.' }).optional(),
})

/** Query of the log. */
export const NotificationFilter = z.object({
  status: choice(NOTIFICATION_STATES).optional(),
})

export const SubscriptionCreated = z.object({
  id: z.uuid(),
  name: z.string(),
  target: z.string(),
  event_types: z.array(z.string()),
})

export const SubscriptionDetails = SubscriptionCreated.extend({
  project: z.uuid(),
  protocol: z.literal('webhook'),
  has_secret: z.boolean(),
  /** Ours: since when every delivery has failed, and whether and why delivery is switched off. */
  failing_since: WireTime.nullable(),
  disabled: z.boolean(),
  disabled_at: WireTime.nullable(),
  disabled_reason: z.string().nullable(),
})

export const SubscriptionSecret = z.object({ secret: z.string().max(32) })

export const NotificationListItem = z.object({
  id: z.uuid(),
  created: WireTime,
  response_status: z.int().nullable(),
  notification_event_type: z.string(),
  /** Ours: the event, and where its delivery stands. */
  event_id: z.uuid(),
  status: z.enum(NOTIFICATION_STATES),
  attempts: z.int(),
  attempted_at: WireTime.nullable(),
  next_attempt_at: WireTime.nullable(),
  duration_ms: z.int().nullable(),
})

/** One attempt to deliver a notification. Ours. */
export const DeliveryAttemptItem = z.object({
  at: WireTime,
  duration_ms: z.int(),
  response_status: z.int().nullable(),
  response_message: z.string(),
  request_headers: z.record(z.string(), z.string()),
  response_headers: z.record(z.string(), z.string()),
})

export const NotificationDetails = NotificationListItem.extend({
  response_message: z.string().nullable(),
  payload_url: z.url(),
  /** Ours: what is sent, as it is behind `payload_url`. */
  payload: z.unknown(),
  /** Ours: the latest attempts, the latest first, those before it was sent again as well. */
  attempt_log: z.array(DeliveryAttemptItem),
})

/** An item of `GET sample-notifications/{sample_id}`; ours. */
export const SampleNotificationItem = NotificationListItem.extend({
  subscription: z.uuid(),
  subscription_name: z.string(),
  target: z.string(),
})
export type SampleNotificationItem = z.infer<typeof SampleNotificationItem>

/** Answer of `POST project-subscription-test/{id}`. */
export const TestEventAnswer = z.object({ notification: z.uuid() })

/** Answer of `POST project-subscription-resend/{id}`; ours. */
export const ResendAnswer = z.object({ queued: z.int() })

export const EventTypeItem = z.object({ key: z.string(), description: z.string() })

export const presentCreated = (subscription: Subscription): z.infer<typeof SubscriptionCreated> => ({
  id: subscription.id,
  name: subscription.name,
  target: subscription.target,
  event_types: subscription.eventTypes,
})

export const presentSubscription = (subscription: Subscription): z.infer<typeof SubscriptionDetails> => ({
  ...presentCreated(subscription),
  project: subscription.projectId,
  protocol: 'webhook',
  has_secret: subscription.hasSecret,
  failing_since: wireTimeOrNull(subscription.failingSince),
  disabled: subscription.disabledAt !== null,
  disabled_at: wireTimeOrNull(subscription.disabledAt),
  disabled_reason: subscription.disabledReason,
})

export const presentNotificationListItem = (
  notification: Notification,
): z.infer<typeof NotificationListItem> => ({
  id: notification.id,
  created: wireTime(notification.created),
  response_status: notification.responseStatus,
  notification_event_type: notification.eventType,
  event_id: notification.eventId,
  status: notification.state,
  attempts: notification.attempts,
  attempted_at: wireTimeOrNull(notification.attemptedAt),
  next_attempt_at: wireTimeOrNull(notification.nextAttemptAt),
  duration_ms: notification.durationMs,
})

export const presentSampleNotification = (notification: SampleNotification): SampleNotificationItem => ({
  ...presentNotificationListItem(notification),
  subscription: notification.subscriptionId,
  subscription_name: notification.subscriptionName,
  target: notification.target,
})

/** The bytes that every delivery of this notification carries. */
export const presentPayload = (notification: Notification): string =>
  deliveryBody({
    id: notification.eventId,
    type: notification.eventType,
    created: notification.eventCreated,
    payload: notification.payload,
  })

export const presentNotification = (
  notification: Notification,
  attempts: readonly DeliveryAttempt[],
  publicUrl: string,
): z.infer<typeof NotificationDetails> => ({
  ...presentNotificationListItem(notification),
  response_message: notification.responseMessage,
  payload_url: `${publicUrl}/api/v2/notifications/${notification.id}/payload`,
  payload: JSON.parse(presentPayload(notification)),
  attempt_log: attempts.map(presentAttempt),
})

export const presentAttempt = (attempt: DeliveryAttempt): z.infer<typeof DeliveryAttemptItem> => ({
  at: wireTime(attempt.at),
  duration_ms: attempt.durationMs,
  response_status: attempt.responseStatus,
  response_message: attempt.responseMessage,
  request_headers: attempt.requestHeaders,
  response_headers: attempt.responseHeaders,
})

export const presentEventTypes = (): z.infer<typeof EventTypeItem>[] =>
  Object.entries(EVENT_TYPES).map(([key, description]) => ({ key, description }))
