import type { Detail, Reason } from '#lib/genotype/reason.ts'
import { wireTime } from '#lib/wire/fields.ts'

/** Every event type, with words for those who choose. Keys are never renamed. */
export const EVENT_TYPES = {
  analysis_complete_v2: 'The analysis of a sample has ended: succeeded, failed qc or failed.',
  array_data_upload_opened: 'The upload link was opened; the upload window has started.',
  array_data_upload_received: 'The raw data file of a sample was accepted.',
  array_data_upload_rejected: 'A file was refused, with reason and detail; the link still works.',
  array_data_upload_left:
    'The person left the upload page, with a reason; the link works until its deadline.',
  array_data_upload_expired: 'The link was not opened in time, or no file came before the deadline.',
  sample_status_changed: 'The status of a sample changed.',
} as const satisfies Record<string, string>

export type EventType = keyof typeof EVENT_TYPES

export const isEventType = (text: string): text is EventType => Object.hasOwn(EVENT_TYPES, text)

/** What an event says about a sample: no genotypes, no metadata, no link. The API has the rest. */
export interface SampleFacts {
  id: string
  projectId: string
  clientId: string
  status: string
}

/** Ids and states, with the keys in the order of Gencove's documentation. */
export interface EventPayload {
  project: { id: string }
  samples: { id: string; client_id: string; last_status: { status: string } }[]
  reason?: string
  detail?: string | null
}

export interface WebhookEvent {
  id: string
  type: string
  created: Date
  payload: unknown
}

export function payloadOf(
  sample: SampleFacts,
  { reason, detail }: { reason?: string | undefined; detail?: string | null | undefined } = {},
): EventPayload {
  return {
    project: { id: sample.projectId },
    samples: [{ id: sample.id, client_id: sample.clientId, last_status: { status: sample.status } }],
    ...(reason === undefined ? {} : { reason, detail: detail ?? null }),
  }
}

type Told = { status: string; reason?: Reason; detail?: Detail }

/** What an event of each type says, for tests of a receiver and as an example: as a real one would say it. */
const TOLD: Record<EventType, Told> = {
  analysis_complete_v2: { status: 'succeeded' },
  array_data_upload_opened: { status: 'consumer awaiting data' },
  array_data_upload_received: { status: 'scheduled' },
  array_data_upload_rejected: {
    status: 'consumer awaiting data',
    reason: 'file_modified',
    detail: 'spreadsheet',
  },
  array_data_upload_left: { status: 'consumer awaiting data', reason: 'user_canceled' },
  array_data_upload_expired: { status: 'consumer session expired', reason: 'session_expired' },
  sample_status_changed: { status: 'running' },
}

/** The payload of an event of this type about a sample that never was. */
export function examplePayload(
  type: EventType,
  sample: Pick<SampleFacts, 'id' | 'projectId' | 'clientId'>,
): EventPayload {
  const { status, ...about } = TOLD[type]
  return payloadOf({ ...sample, status }, about)
}

/** The body of every delivery of an event, always the same bytes: a JSON list of one. */
export const deliveryBody = ({ id, type, created, payload }: WebhookEvent): string =>
  JSON.stringify([{ event_id: id, event_type: type, timestamp: wireTime(created), payload }])
