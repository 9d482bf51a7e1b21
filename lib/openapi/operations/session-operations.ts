import { z } from 'zod'
import { LINK_SECONDS_DEFAULT, LINK_SECONDS_MAX, LINK_SECONDS_MIN } from '#lib/sessions/limits.ts'
import { MintRequest } from '#lib/sessions/link/mint-request.ts'
import { AdvanceRequest, CanceledLink, SessionDetails, UploadLink } from '#lib/sessions/wire.ts'
import { described, explained, named, type Operation } from '../operation.ts'
import { REJECTION, TIMELINE_ENTRY } from '../sample-parts.ts'

const FORM = '/api/v2/array-data-upload-form/'

// JSON carries a number; forms carry it as text, which the document need not mention.
const expires_in = z.int().min(LINK_SECONDS_MIN).max(LINK_SECONDS_MAX).default(LINK_SECONDS_DEFAULT)

const metadata = z.record(z.string(), z.unknown()).nullable().default(null)

const MINT_BODY = described(MintRequest.extend({ expires_in, metadata }), {
  project_id: "Where the sample goes. Without it: the key's project, else the default for array data.",
  metadata:
    'Your own JSON object, such as an order number: at most 16 KB and 8 levels. Kept with the sample.',
  redirect_on_success:
    'An https URL to send the person to once the file is received. By default the page thanks them.',
  redirect_on_failure: 'An https URL to send the person to otherwise, with `reason` in the query.',
  expires_in: 'Seconds to open the link; once open, the person has 15 minutes. A test project shortens both.',
  locale: "Language of the page, such as `de` or `pt-BR`. By default the browser's.",
})

const SESSION = SessionDetails.extend({
  last_rejection: REJECTION.nullable(),
  events: z.array(TIMELINE_ENTRY),
})

const SESSION_ANSWER = named(
  'SessionDetails',
  explained(SESSION, {
    state: 'How far the upload has come.',
    reason: 'Why the session ended; null while it is active.',
    seconds_remaining: 'Seconds left to open the link while it is minted, or to upload once it is opened.',
    deadline: 'When the upload window ends; null before the link was opened.',
    tries: 'Number of files the person started to upload.',
    last_rejection: 'Why the last file was refused. The link stays open until its deadline.',
    events: 'What happened, oldest first.',
  }),
)

export const SESSION_OPERATIONS: readonly Operation[] = [
  {
    id: 'mintLink',
    tag: 'Upload sessions',
    method: 'POST',
    path: FORM,
    right: 'upload_create',
    idempotency: 'itself',
    summary: 'Mint an upload link',
    more: 'Call this from your backend, once for each person and file, and send the person to `url`. It also creates the sample.',
    body: named('MintRequest', MINT_BODY),
    forms: true,
    answer: {
      status: 201,
      words: 'The link.',
      body: named(
        'UploadLink',
        explained(UploadLink, {
          sample_id: 'The sample that the file will belong to.',
          url: 'Where the person uploads. Anyone who has it may upload: treat it as a secret.',
          expires_at: 'When the link stops working unless it has been opened.',
        }),
      ),
    },
    example: {
      metadata: { your_reference: 'order-1234' },
      redirect_on_success: 'https://partner.example/thanks',
      redirect_on_failure: 'https://partner.example/dna-file',
      expires_in: 600,
    },
  },
  {
    id: 'getSession',
    tag: 'Upload sessions',
    method: 'GET',
    path: `${FORM}{sample_id}`,
    right: 'sample_read',
    ours: true,
    summary: 'Get an upload session',
    more: 'State, windows and timeline of a link. Reading it changes nothing.',
    answer: {
      status: 200,
      words: 'The session.',
      body: SESSION_ANSWER,
    },
  },
  {
    id: 'advanceSession',
    tag: 'Upload sessions',
    method: 'POST',
    path: `${FORM}{sample_id}/advance`,
    right: 'upload_create',
    ours: true,
    summary: 'Let time pass for a test link',
    more: 'Only for links of a test project. The time left to open the link, or to upload, becomes shorter by so many seconds; when none is left the link expires at once, with its event, unless its file is being checked. The time of nothing else changes.',
    body: named(
      'AdvanceRequest',
      described(AdvanceRequest, { seconds: 'How long. By default an hour, which no link outlasts.' }),
    ),
    answer: { status: 200, words: 'The session as it is now.', body: SESSION_ANSWER },
    refusals: { 409: 'The project is not a test project, or the session has ended.' },
    example: { seconds: 240 },
  },
  {
    id: 'cancelSession',
    tag: 'Upload sessions',
    method: 'POST',
    path: `${FORM}{sample_id}/cancel`,
    right: 'upload_create',
    ours: true,
    summary: 'Cancel an upload link',
    more: 'The link stops working at once, and what was sent so far is deleted. Once a file has been received, a link can no longer be canceled.',
    answer: { status: 200, words: 'The link is canceled.', body: named('CanceledLink', CanceledLink) },
    refusals: { 409: 'The session has ended: its file was received, or its time ran out.' },
  },
]
