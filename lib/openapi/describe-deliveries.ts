import { EVENT_TYPES, type EventType, examplePayload } from '#lib/webhooks/event.ts'
import { EVENT_SHAPES } from './events.ts'

const EXAMPLE_EVENT = 'd379a51e-c213-466a-ba90-dc7179d522e6'
const EXAMPLE_SAMPLE = {
  id: 'a63417a3-31d5-40d0-98a4-ac54e6ff1bdd',
  projectId: '9832e5c9-80e8-4852-9517-7489d6be74a3',
  clientId: 'a63417a3-31d5-40d0-98a4-ac54e6ff1bdd',
}

/** The headers of every delivery, with descriptions. The two signatures are missing while there is no secret. */
export const DELIVERY_HEADERS = {
  'Gencove-Signature':
    '`t=<seconds>,v1=<hex>`: HMAC-SHA512 over `<t>.<body>`, with the bytes of the secret’s text as the key. For 24 hours after a new secret there is a `v1` for each earlier one, too; the newest is the last.',
  'webhook-id': 'Id of the event: the same in every attempt, so that repeats can be told.',
  'webhook-timestamp': 'Seconds since 1970 when this attempt was signed.',
  'webhook-signature':
    '`v1,<base64>`: HMAC-SHA256 over `<webhook-id>.<webhook-timestamp>.<body>`, with the secret decoded from base64 as the key. For 24 hours after a new secret there is one for each earlier one, too, separated by spaces.',
} as const

/** A body of this type as it is delivered. */
export const exampleDelivery = (type: EventType) => [
  {
    event_id: EXAMPLE_EVENT,
    event_type: type,
    timestamp: '2026-11-21T20:06:31.204000Z',
    payload: examplePayload(type, EXAMPLE_SAMPLE),
  },
]

/** One webhook for each event type. */
export function describeDeliveries() {
  return Object.fromEntries(
    (Object.keys(EVENT_TYPES) as EventType[]).map((type) => [type, { post: describeDelivery(type) }]),
  )
}

function describeDelivery(type: EventType) {
  const { name } = EVENT_SHAPES[type]
  const parameters = Object.entries(DELIVERY_HEADERS).map(([header, description]) => ({
    name: header,
    in: 'header',
    description,
    schema: { type: 'string' },
  }))
  return {
    operationId: `receive${name}`,
    tags: ['Webhooks'],
    summary: EVENT_TYPES[type],
    description:
      'Respond with any 2xx within 15 seconds; anything else is tried again for three days. The same event may come ' +
      'twice: compare `webhook-id`.',
    security: [],
    parameters,
    requestBody: {
      required: true,
      content: {
        'application/json': {
          schema: {
            type: 'array',
            items: { $ref: `#/components/schemas/${name}` },
            minItems: 1,
            maxItems: 1,
          },
          example: exampleDelivery(type),
        },
      },
    },
    responses: {
      '2XX': { description: 'Received.' },
      '410': { description: 'Switches the subscription off.' },
    },
  }
}
