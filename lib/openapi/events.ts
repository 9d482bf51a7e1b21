import { z } from 'zod'
import { DETAILS, FILE_REASONS, LEAVING_REASONS, SERVICE_REASONS } from '#lib/genotype/reason.ts'
import { SAMPLE_STATUSES } from '#lib/samples/sample.ts'
import { EVENT_TYPES, type EventType } from '#lib/webhooks/event.ts'
import { WireTime } from '#lib/wire/fields.ts'
import { type Named, named } from './operation.ts'

export const EVENT_TYPE_KEY = z.enum(Object.keys(EVENT_TYPES) as [EventType, ...EventType[]])

const about = {
  detail: z.enum(DETAILS).nullable().describe('What exactly was recognised; null for most reasons.'),
}

/** One type of event: what its sample's status may be, and the further fields of its payload. */
const eventOf = (
  type: EventType,
  statuses: readonly [string, ...string[]],
  more: Record<string, z.ZodType> = {},
) =>
  z.object({
    event_id: z.uuid().describe('The same in every attempt; `webhook-id` repeats it.'),
    event_type: z.literal(type),
    timestamp: WireTime.describe('When it happened.'),
    payload: z.object({
      project: z.object({ id: z.uuid() }),
      samples: z.array(
        z.object({
          id: z.uuid(),
          client_id: z.string(),
          last_status: z.object({ status: z.enum(statuses) }),
        }),
      ),
      ...more,
    }),
  })

/** Every event type and its shape. */
export const EVENT_SHAPES = {
  analysis_complete_v2: named(
    'AnalysisCompleteEvent',
    eventOf('analysis_complete_v2', ['succeeded', 'failed qc', 'failed']),
  ),
  array_data_upload_opened: named('UploadOpenedEvent', eventOf('array_data_upload_opened', SAMPLE_STATUSES)),
  array_data_upload_received: named(
    'UploadReceivedEvent',
    eventOf('array_data_upload_received', ['scheduled']),
  ),
  array_data_upload_rejected: named(
    'UploadRejectedEvent',
    eventOf('array_data_upload_rejected', SAMPLE_STATUSES, {
      reason: z.enum([...FILE_REASONS, 'service_unavailable']).describe('Why the file was refused.'),
      ...about,
    }),
  ),
  array_data_upload_left: named(
    'UploadLeftEvent',
    eventOf('array_data_upload_left', SAMPLE_STATUSES, {
      reason: z
        .enum([...LEAVING_REASONS, ...FILE_REASONS, ...SERVICE_REASONS])
        .describe('Why the person left: of their own accord, or after a file was refused.'),
      ...about,
    }),
  ),
  array_data_upload_expired: named(
    'UploadExpiredEvent',
    eventOf('array_data_upload_expired', ['consumer session expired'], {
      reason: z
        .enum(['link_expired', 'session_expired'])
        .describe('The link was not opened in time, or no file came before the deadline.'),
      ...about,
    }),
  ),
  sample_status_changed: named('SampleStatusChangedEvent', eventOf('sample_status_changed', SAMPLE_STATUSES)),
} as const satisfies Record<EventType, Named>

const { analysis_complete_v2: first, ...others } = EVENT_SHAPES

/** Any event, told apart by its `event_type`. */
export const Event = z.discriminatedUnion('event_type', [
  first.schema as z.ZodObject,
  ...Object.values(others).map(({ schema }) => schema as z.ZodObject),
])

/** What is delivered: a JSON list of one event. Ids and states only. */
export const DeliveryBody = z.array(Event)

/** For the generators that need to be told. */
export const EVENT_DISCRIMINATOR = {
  propertyName: 'event_type',
  mapping: Object.fromEntries(
    (Object.keys(EVENT_TYPES) as EventType[]).map((type) => [
      type,
      `#/components/schemas/${EVENT_SHAPES[type].name}`,
    ]),
  ),
}
