import { z } from 'zod'
import { DETAILS, REASONS } from '#lib/genotype/reason.ts'
import { FILE_TYPES, type FileType } from '#lib/samples/deliverable.ts'
import { SampleDetails, SampleFile } from '#lib/samples/wire.ts'
import { NETWORK_TROUBLES } from '#lib/sessions/embed-messages.ts'
import { TIMELINE_ENTRY_KINDS } from '#lib/sessions/timeline-entry.ts'
import { SessionDetails, SHOWN_STATES } from '#lib/sessions/wire.ts'
import { WireTime } from '#lib/wire/fields.ts'
import { explained } from './operation.ts'

// The shapes of the slices, with the closed lists that lie to the right of them.

export const FILE = explained(
  SampleFile.extend({
    file_type: z.union([
      z.enum(Object.keys(FILE_TYPES) as [FileType, ...FileType[]]),
      z.string().describe('Of the operator’s own analysis.'),
    ]),
  }),
  {
    size: 'Bytes.',
    download_url:
      'Works for an hour without a key, and supports ranges. Where the key that asked for it is limited to networks, it works from those alone.',
    checksum_sha256: '64 hexadecimal digits.',
  },
)

export const REJECTION = z.object({
  reason: z.enum(REASONS),
  detail: z.enum(DETAILS).nullable(),
  at: WireTime,
})

export const UPLOAD_SESSION = z.object({
  state: z.enum(SHOWN_STATES),
  vendor: SampleDetails.shape.upload_session.unwrap().shape.vendor,
  last_rejection: REJECTION.nullable(),
})

export const TIMELINE_ENTRY = explained(
  SessionDetails.shape.events.element.extend({
    kind: z.enum(TIMELINE_ENTRY_KINDS),
    reason: z.enum(REASONS).nullable(),
    detail: z.enum([...DETAILS, ...NETWORK_TROUBLES]).nullable(),
  }),
  { detail: 'What was recognised in a refused file, or what keeps a file from arriving.' },
)
