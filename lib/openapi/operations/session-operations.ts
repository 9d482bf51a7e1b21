import { z } from 'zod'
import { LINK_SECONDS_DEFAULT, LINK_SECONDS_MAX, LINK_SECONDS_MIN } from '#lib/sessions/limits.ts'
import { MintRequest } from '#lib/sessions/link/mint-request.ts'
import { CanceledLink, SessionDetails, UploadLink } from '#lib/sessions/wire.ts'
import { described, explained, named, type Operation } from '../operation.ts'

const FORM = '/api/v2/array-data-upload-form/'

// JSON carries a number; that forms carry it as text needs no words.
const expires_in = z.int().min(LINK_SECONDS_MIN).max(LINK_SECONDS_MAX).default(LINK_SECONDS_DEFAULT)

const MINT_BODY = described(MintRequest.extend({ expires_in }), {
  project_id: "Where the sample goes. Without it: the key's project, else the default for array data.",
  metadata:
    'Your own JSON object, such as an order number: at most 16 KB and 8 levels. Kept with the sample.',
  redirect_on_success: 'Where the person goes when the file is in: an https URL. Without it we say thanks.',
  redirect_on_failure: 'Where the person goes otherwise, with `reason` in the query: an https URL.',
  expires_in: 'Seconds in which the link must be opened. From then on the person has 15 minutes.',
  locale: "Language of the page, such as `de` or `pt-BR`. Without it, the browser's.",
})

export const SESSION_OPERATIONS: readonly Operation[] = [
  {
    id: 'mintLink',
    tag: 'Upload sessions',
    method: 'POST',
    path: FORM,
    right: 'upload_create',
    idempotency: 'itself',
    summary: 'Mint an upload link',
    more: 'Call this from your backend, for one person and one file, and send the person to `url`. It makes the sample too.',
    body: named('MintRequest', MINT_BODY),
    forms: true,
    answer: {
      status: 201,
      words: 'The link.',
      body: named(
        'UploadLink',
        explained(UploadLink, {
          sample_id: 'The sample that the file will belong to.',
          url: 'Where the person uploads. Whoever has it may upload: treat it as a secret.',
          expires_at: 'Until when it must be opened.',
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
    more: 'State, windows and timeline of a link. Looking changes nothing.',
    answer: {
      status: 200,
      words: 'The session.',
      body: named(
        'SessionDetails',
        explained(SessionDetails, {
          state: 'How far it is.',
          reason: 'Why it is over; null while it is not.',
          seconds_remaining: 'Of the window that runs: for opening while minted, for uploading once opened.',
          deadline: 'When the 15 minutes end; null before the link was opened.',
          tries: 'Files that were begun.',
          last_rejection: 'Why the last file was refused. The link goes on until its deadline.',
          events: 'What happened, oldest first.',
        }),
      ),
    },
  },
  {
    id: 'cancelSession',
    tag: 'Upload sessions',
    method: 'POST',
    path: `${FORM}{sample_id}/cancel`,
    right: 'upload_create',
    ours: true,
    summary: 'Cancel an upload link',
    more: 'It stops working at once, and what was sent so far is deleted. Once a file is in, it is too late.',
    answer: { status: 200, words: 'It is canceled.', body: named('CanceledLink', CanceledLink) },
    refusals: { 409: 'The session has ended: its file is in, or its time is over.' },
  },
]
