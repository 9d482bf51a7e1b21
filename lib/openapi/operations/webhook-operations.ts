import { z } from 'zod'
import { DISABLED_REASONS } from '#lib/webhooks/subscription.ts'
import {
  DeliveryAttemptItem,
  EventTypeItem,
  NotificationDetails,
  NotificationFilter,
  NotificationListItem,
  ResendAnswer,
  ResendRequest,
  SubscriptionChange,
  SubscriptionCreated,
  SubscriptionDetails,
  SubscriptionRequest,
  SubscriptionSecret,
  TestEventAnswer,
  TestEventRequest,
} from '#lib/webhooks/wire.ts'
import { DeliveryBody, EVENT_TYPE_KEY } from '../events.ts'
import { described, explained, named, type Operation } from '../operation.ts'
import { listQuery, pageOf, placedPageOf, placedQuery } from '../page-of.ts'

const OF_PROJECT = '/api/v2/project-subscriptions/{project_id}'
const DETAILS = '/api/v2/project-subscription-details/{subscription_id}'

const event_types = z.array(EVENT_TYPE_KEY)
/** As a request has them. */
const asked = event_types.min(1)
const notification_event_type = EVENT_TYPE_KEY
const disabled_reason = z.enum(Object.values(DISABLED_REASONS)).nullable()

const FIELD_WORDS = {
  name: 'What to call it.',
  target: 'An https URL that receives POSTs, at most 255 characters.',
  event_types: 'Event types to receive, by key.',
}
const subscription = named(
  'Subscription',
  explained(SubscriptionDetails.extend({ event_types, disabled_reason }), {
    has_secret: 'Whether deliveries are signed.',
    failing_since: 'Since when every delivery has failed; null while deliveries succeed.',
    disabled: 'Whether deliveries are switched off.',
    disabled_reason: 'Why deliveries are switched off.',
  }),
)
const notification = named(
  'Notification',
  explained(NotificationDetails.extend({ notification_event_type, payload: DeliveryBody }), {
    response_status: 'Status your server returned last.',
    response_message: 'The start of its response, or why there was none.',
    payload_url: 'URL of the body, byte for byte; needs an API key.',
    attempts: 'Deliveries tried so far.',
    attempt_log:
      'The latest attempts, at most 100: time, duration, status, start of the response, and the headers of both sides. Sending it again keeps the earlier ones.',
    next_attempt_at: 'When it is tried again; null when it will not be.',
  }),
)

const shared = { tag: 'Webhooks' } as const

export const WEBHOOK_OPERATIONS: readonly Operation[] = [
  {
    ...shared,
    id: 'listSubscriptions',
    method: 'GET',
    path: OF_PROJECT,
    right: 'sample_read',
    summary: 'List the subscriptions of a project',
    query: listQuery(),
    answer: { status: 200, words: 'A page of subscriptions.', body: pageOf(subscription) },
  },
  {
    ...shared,
    id: 'createSubscription',
    method: 'POST',
    path: OF_PROJECT,
    right: 'project_write',
    summary: 'Subscribe to events of a project',
    more: 'Create a secret for it next: without one, deliveries are not signed.',
    body: named(
      'SubscriptionRequest',
      described(SubscriptionRequest.extend({ event_types: asked }), {
        ...FIELD_WORDS,
        disabled: 'Ours: true creates it switched off; events wait until it is switched on.',
      }),
    ),
    answer: {
      status: 201,
      words: 'The subscription.',
      body: named('SubscriptionCreated', SubscriptionCreated.extend({ event_types })),
    },
    example: { target: 'https://partner.example/webhooks', event_types: ['analysis_complete_v2'] },
  },
  {
    ...shared,
    id: 'getSubscription',
    method: 'GET',
    path: DETAILS,
    right: 'sample_read',
    summary: 'Get a subscription',
    answer: { status: 200, words: 'The subscription.', body: subscription },
  },
  {
    ...shared,
    id: 'changeSubscription',
    method: 'PATCH',
    path: DETAILS,
    right: 'project_write',
    ours: true,
    summary: 'Change a subscription',
    more: 'Fields you leave out keep their value.',
    body: named(
      'SubscriptionChange',
      described(SubscriptionChange.extend({ event_types: asked.optional() }), {
        ...FIELD_WORDS,
        disabled: 'False switches it on again.',
      }),
    ),
    answer: { status: 200, words: 'The subscription.', body: subscription },
    example: { disabled: false },
  },
  {
    ...shared,
    id: 'deleteSubscription',
    method: 'DELETE',
    path: DETAILS,
    right: 'project_write',
    summary: 'Delete a subscription',
    answer: { status: 204, words: 'The subscription and its log are deleted.', body: null },
  },
  {
    ...shared,
    id: 'rotateSecret',
    method: 'POST',
    path: '/api/v2/project-subscription-secret/{subscription_id}',
    right: 'project_write',
    idempotency: 'never',
    summary: 'Create a signing secret',
    more: 'Each earlier secret keeps signing alongside the new one until 24 hours after it was replaced, so that you can update your receiver in the meantime, even if an answer is lost and you create another.',
    refusals: { 409: 'Five secrets sign already: one of them has to end first.' },
    answer: {
      status: 200,
      words: 'The secret, shown this once.',
      body: named('SubscriptionSecret', SubscriptionSecret),
    },
  },
  {
    ...shared,
    id: 'sendTestEvent',
    method: 'POST',
    path: '/api/v2/project-subscription-test/{subscription_id}',
    right: 'project_write',
    summary: 'Send a test event',
    body: named(
      'TestEventRequest',
      described(TestEventRequest.extend({ event_type: EVENT_TYPE_KEY.default('analysis_complete_v2') }), {
        event_type: 'Which kind of event.',
        retry: 'Whether to retry when it fails.',
      }),
    ),
    answer: {
      status: 202,
      words: 'Id of the notification; look it up to see the result.',
      body: named('TestEventAnswer', TestEventAnswer),
    },
    refusals: { 409: 'The subscription is disabled.' },
    example: { event_type: 'analysis_complete_v2' },
  },
  {
    ...shared,
    id: 'listNotifications',
    method: 'GET',
    path: '/api/v2/project-subscription-notifications/{subscription_id}',
    right: 'sample_read',
    summary: 'List the notifications of a subscription',
    query: placedQuery(described(NotificationFilter, { status: 'Only those in this state.' })),
    answer: {
      status: 200,
      words: 'Newest first.',
      body: placedPageOf(
        named('NotificationListItem', NotificationListItem.extend({ notification_event_type })),
      ),
    },
  },
  {
    ...shared,
    id: 'getNotification',
    method: 'GET',
    path: '/api/v2/notifications/{notification_id}',
    right: 'sample_read',
    summary: 'Get a notification',
    answer: { status: 200, words: 'What was sent, and how your server responded.', body: notification },
  },
  {
    ...shared,
    id: 'listAttempts',
    method: 'GET',
    path: '/api/v2/notifications/{notification_id}/attempts',
    right: 'sample_read',
    summary: 'List the attempts to make a delivery',
    more: 'All of them, also those before it was sent again and those that a stop of the service interrupted.',
    query: listQuery(),
    answer: {
      status: 200,
      words: 'The latest first.',
      body: pageOf(named('DeliveryAttempt', DeliveryAttemptItem)),
    },
  },
  {
    ...shared,
    id: 'getPayload',
    method: 'GET',
    path: '/api/v2/notifications/{notification_id}/payload',
    right: 'sample_read',
    summary: 'Get the body of a delivery',
    more: 'Byte for byte, so that its signature can be checked again.',
    answer: { status: 200, words: 'A JSON list of one event.', body: named('DeliveryBody', DeliveryBody) },
  },
  {
    ...shared,
    id: 'resendNotification',
    method: 'POST',
    path: '/api/v2/notifications/{notification_id}/resend',
    right: 'project_write',
    ours: true,
    summary: 'Redeliver a notification',
    answer: { status: 202, words: 'The delivery is queued.', body: notification },
    refusals: { 409: 'It is being delivered at the moment.' },
  },
  {
    ...shared,
    id: 'resendRange',
    method: 'POST',
    path: '/api/v2/project-subscription-resend/{subscription_id}',
    right: 'project_write',
    ours: true,
    summary: 'Redeliver the notifications of a period',
    body: named(
      'ResendRequest',
      described(ResendRequest, {
        from: 'ISO 8601; UTC where no offset is given.',
        to: 'The same; by default, now.',
        status: 'Only those in this state.',
      }),
    ),
    answer: {
      status: 202,
      words: 'How many deliveries are queued.',
      body: named('ResendAnswer', ResendAnswer),
    },
    refusals: { 409: 'The subscription is disabled.' },
    example: { from: '2026-01-01T00:00:00Z', status: 'failed' },
  },
  {
    ...shared,
    id: 'listEventTypes',
    method: 'GET',
    path: '/api/v2/project-subscription-event-types/',
    right: 'sample_read',
    summary: 'List event types',
    query: listQuery(),
    answer: {
      status: 200,
      words: 'Keys with descriptions.',
      body: pageOf(named('EventType', EventTypeItem.extend({ key: EVENT_TYPE_KEY }))),
    },
  },
]
