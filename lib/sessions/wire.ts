import { z } from 'zod'
import { DETAILS, FILE_REASONS, LEAVING_REASONS, REASONS, SERVICE_REASONS } from '#lib/genotype/reason.ts'
import { DETAILS_OF } from '#lib/genotype/reason-details.ts'
import { VENDORS } from '#lib/genotype/vendors.ts'
import { FAILURE_REDIRECTS } from '#lib/projects/project.ts'
import { numberOfForms, WireTime } from '#lib/wire/fields.ts'
import { NETWORK_TROUBLES } from './embed-messages.ts'
import { LINK_SECONDS_MAX } from './limits.ts'
import { SESSION_STATES } from './session.ts'

/** Bumped when the page and the server could no longer understand each other; a reply without it is not ours. */
export const PROTO = 1

/** As the page and the partner see it: `verifying` while an open session's file is being checked. */
export const SHOWN_STATES = [...SESSION_STATES, 'verifying'] as const

/**
 * The response of `GET /api/upload/state`, `POST /api/upload/open` and `leave`.
 * GET changes nothing; times are the server's; nothing personal and no file name is inside.
 */
export const SessionView = z.object({
  proto: z.literal(PROTO),
  sample_id: z.uuid(),
  state: z.enum(SHOWN_STATES),
  /** Why the session is over: `link_expired`, `session_expired`, `link_canceled`; null while it is not. */
  reason: z.enum(REASONS).nullable(),
  /** Of the window that runs: the link window while minted, the upload window once opened; null when neither. */
  seconds_remaining: z.number().nonnegative().nullable(),
  locale: z.string().nullable(),
  /** The project is one for tests: the page says so. */
  test: z.boolean(),
  partner: z.object({
    name: z.string(),
    support_url: z.url().nullable(),
    privacy_url: z.url().nullable(),
    /** What the file is for, in the partner's own words. */
    purpose: z.string().nullable(),
    /** The same in other languages, by tag. Told by `open` alone; null otherwise. */
    purposes: z.record(z.string(), z.string()).nullable(),
    /** Days after which the file, and what is made of it, are erased; null: not before the partner does it. */
    raw_file_days: z.int().nullable(),
    deliverable_days: z.int().nullable(),
    /** Sent only by `open`, as it may be large; null otherwise, and when the project has none. */
    brand: z
      .object({
        logo: z.string().nullable(),
        accent: z.object({ light: z.string(), dark: z.string() }).nullable(),
        /** Colour of the main button and of its label. */
        button: z.object({ surface: z.string(), label: z.string() }).nullable(),
      })
      .nullable(),
  }),
  policy: z.enum(['strict', 'forgiving']),
  /** The newest unfinished part, to resume when the chosen file has the same digest. */
  upload: z
    .object({
      /** Path of the tus resource, below the origin of the page. */
      path: z.string(),
      sha256: z.string(),
      size: z.int(),
      /** Bytes that are stored. Equal to `size` while the server checks. */
      offset: z.int(),
    })
    .nullable(),
  /** The last file that the server itself refused; `at` is its time. */
  last_rejection: z
    .object({
      reason: z.enum(REASONS),
      detail: z.enum(DETAILS).nullable(),
      /** Digest of the refused file, so that a page knows its own file from another tab's. */
      sha256: z.string(),
      at: z.iso.datetime(),
    })
    .nullable(),
  /** Vendor of the accepted file. */
  vendor: z.enum(VENDORS).nullable(),
  /**
   * Of the accepted file: when its last byte was in, its bytes, and their digest, by which a page knows whether it is the
   * one it sent. The same in every tab and after a reload.
   */
  receipt: z.object({ received_at: z.iso.datetime(), size: z.int(), sha256: z.string() }).nullable(),
  /** Where to go now, complete with `reason`: set once the session has ended, and by `leave`. Null: stay here. */
  redirect_to: z.string().nullable(),
  /** Whether leaving leads back to the partner, so that the page can name the button honestly. */
  leads_back: z.boolean(),
  /** `immediate`: the page leaves by itself once a chosen file has been refused, if leaving leads back. */
  failure_redirect: z.enum(FAILURE_REDIRECTS),
})
export type SessionView = z.infer<typeof SessionView>

/** `POST /api/upload/leave`: deletes unfinished parts and notifies the partner; the link works again until the deadline. */
export const LeaveRequest = z.object({
  reason: z.enum([...LEAVING_REASONS, ...FILE_REASONS, ...SERVICE_REASONS]).default('user_canceled'),
})

/** `POST /api/upload/trouble`: the network keeps the file from arriving, as far as the page can tell. */
export const TroubleRequest = z.object({ trouble: z.enum(NETWORK_TROUBLES) })

/**
 * `POST /api/upload/refused`: the page refused a file on the device. Both fields are words of closed lists; nothing that
 * describes the file itself is taken.
 */
export const RefusalRequest = z
  .strictObject({ reason: z.enum(FILE_REASONS), detail: z.enum(DETAILS).nullable().default(null) })
  .refine(({ reason, detail }) => detail === null || DETAILS_OF[reason].some((one) => one === detail), {
    path: ['detail'],
    error: 'This detail does not belong to the reason.',
  })

/** Every refusal of `/api/upload/…`, tus included. */
export const UploadProblem = z.object({
  proto: z.literal(PROTO),
  reason: z.enum(REASONS),
  detail: z.string(),
  request_id: z.string(),
})
export type UploadProblem = z.infer<typeof UploadProblem>

/** Answer of `POST array-data-upload-form/`. */
export const UploadLink = z.object({ sample_id: z.uuid(), url: z.url(), expires_at: z.iso.datetime() })

/** Answer of `POST array-data-upload-form/{sample_id}/cancel`; ours. */
export const CanceledLink = z.object({ sample_id: z.uuid(), state: z.literal('canceled') })

/** Body of `POST array-data-upload-form/{sample_id}/advance`; ours. By default longer than any window. */
export const AdvanceRequest = z.strictObject({
  seconds: numberOfForms(
    z
      .int('A valid integer is required.')
      .min(1, 'Ensure this value is greater than or equal to 1.')
      .max(LINK_SECONDS_MAX, `Ensure this value is less than or equal to ${LINK_SECONDS_MAX}.`),
  ).default(LINK_SECONDS_MAX),
})

/** Answer of `GET array-data-upload-form/{sample_id}`; ours. */
export const SessionDetails = z.object({
  sample_id: z.uuid(),
  state: z.enum(SHOWN_STATES),
  reason: z.enum(REASONS).nullable(),
  seconds_remaining: z.number().nonnegative().nullable(),
  created: WireTime,
  link_expires_at: WireTime,
  opened_at: WireTime.nullable(),
  deadline: WireTime.nullable(),
  tries: z.int(),
  locale: z.string().nullable(),
  redirect_on_success: z.string(),
  redirect_on_failure: z.string(),
  last_rejection: z
    .object({ reason: z.enum(REASONS), detail: z.enum(DETAILS).nullable(), at: WireTime })
    .nullable(),
  events: z.array(
    z.object({
      kind: z.string(),
      reason: z.string().nullable(),
      detail: z.string().nullable(),
      created: WireTime,
    }),
  ),
})
