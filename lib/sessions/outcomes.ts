import { TEST_FILES, type TestFile, type TestFileName } from '#lib/genotype/fixtures/test-files.ts'
import type { Detail, Reason } from '#lib/genotype/reason.ts'
import type { SampleStatus } from '#lib/samples/sample.ts'
import type { EventType } from '#lib/webhooks/event.ts'
import { TEST_UPLOAD_WINDOW_SECONDS, UPLOAD_WINDOW_SECONDS } from './limits.ts'

/** One way in which a link can turn out, and what a partner sees of it. */
export interface Outcome {
  words: string
  /** Of the sample, in the end. */
  status: SampleStatus
  /** The event that says it; every change of status has `sample_status_changed` besides. Null: there is none. */
  event: EventType | null
  reason: Reason | null
  detail: Detail | null
}

/** Outcomes without a test file. */
const OF_LINKS = {
  expired: {
    words: 'The link was not opened in time.',
    status: 'consumer session expired',
    event: 'array_data_upload_expired',
    reason: 'link_expired',
    detail: null,
  },
  'session-expired': {
    words: `The link was opened, and no file came within ${UPLOAD_WINDOW_SECONDS / 60} minutes (${TEST_UPLOAD_WINDOW_SECONDS / 60} in a test project).`,
    status: 'consumer session expired',
    event: 'array_data_upload_expired',
    reason: 'session_expired',
    detail: null,
  },
  left: {
    words: 'The person left the page; the link still works.',
    status: 'consumer awaiting data',
    event: 'array_data_upload_left',
    reason: 'user_canceled',
    detail: null,
  },
  'file-not-ready': {
    words: 'The person does not have the file yet and left; the link still works.',
    status: 'consumer awaiting data',
    event: 'array_data_upload_left',
    reason: 'file_not_ready',
    detail: null,
  },
  unreadable: {
    words: 'The device could not read the file, which is still in a cloud.',
    status: 'consumer awaiting data',
    event: null,
    reason: 'file_unreadable',
    detail: null,
  },
  canceled: {
    words: 'You canceled the link. The session has the reason; this event has none.',
    status: 'canceled',
    event: 'sample_status_changed',
    reason: 'link_canceled',
    detail: null,
  },
  'link-invalid': {
    words:
      'The link was cut off on its way. Only the page is refused and says so; the sample stays as it is, and the whole link still works.',
    status: 'consumer awaiting data',
    event: null,
    reason: 'link_invalid',
    detail: null,
  },
  'already-uploaded': {
    words:
      'The file has arrived, and the link is used once more. Only the page is refused; the sample stays as it is.',
    status: 'succeeded',
    event: 'analysis_complete_v2',
    reason: 'already_uploaded',
    detail: null,
  },
  'network-error': {
    words: 'The connection kept failing, and the person left; the link still works.',
    status: 'consumer awaiting data',
    event: 'array_data_upload_left',
    reason: 'network_error',
    detail: null,
  },
  'service-unavailable': {
    words: 'The service did not take the file for a while, and the person left; the link still works.',
    status: 'consumer awaiting data',
    event: 'array_data_upload_left',
    reason: 'service_unavailable',
    detail: null,
  },
  'internal-error': {
    words: 'The page or the service failed, and the person left; the link still works.',
    status: 'consumer awaiting data',
    event: 'array_data_upload_left',
    reason: 'internal_error',
    detail: null,
  },
} as const satisfies Record<string, Outcome>
export type LinkOutcome = keyof typeof OF_LINKS

/** Outcomes whose reason is only in the response that the page gets: neither an event nor the timeline has it. */
const TOLD_TO_PAGE_ALONE = ['link-invalid', 'already-uploaded'] as const satisfies LinkOutcome[]
export type PageOutcome = (typeof TOLD_TO_PAGE_ALONE)[number]

/** Files that are refused on the device, by their size alone: the server never has them, and no event is sent. */
const REFUSED_ON_DEVICE: readonly TestFileName[] = ['too-large', 'empty']

function ofFile(name: TestFileName): Outcome {
  const { words, outcome }: TestFile = TEST_FILES[name]
  if (!('reason' in outcome)) {
    return { words, status: outcome.status, event: 'analysis_complete_v2', reason: null, detail: null }
  }
  const event = REFUSED_ON_DEVICE.includes(name) ? null : 'array_data_upload_rejected'
  return { words, ...outcome, event }
}

export type OutcomeName = LinkOutcome | TestFileName

/** Every outcome that can be had on demand, by name: those of files, then those of links. */
export const OUTCOMES: Record<OutcomeName, Outcome> = {
  ...(Object.fromEntries(
    (Object.keys(TEST_FILES) as TestFileName[]).map((name) => [name, ofFile(name)]),
  ) as Record<TestFileName, Outcome>),
  ...OF_LINKS,
}

export const isLinkOutcome = (name: OutcomeName): name is LinkOutcome => Object.hasOwn(OF_LINKS, name)
export const isPageOutcome = (name: OutcomeName): name is PageOutcome =>
  (TOLD_TO_PAGE_ALONE as readonly OutcomeName[]).includes(name)
