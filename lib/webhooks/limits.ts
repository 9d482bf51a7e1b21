/** Every number of webhooks: windows, ceilings, concurrency. */

/** Seconds from one attempt to the next; with the first one at once, ten attempts within some three days. */
export const RETRY_SECONDS = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400] as const
export const ATTEMPTS_MAX = RETRY_SECONDS.length + 1
/** Share by which each wait varies, so that deliveries that failed together are not retried together. */
export const RETRY_JITTER = 0.1
/** A receiver may ask for a later attempt, but for no more than this. */
export const WEBHOOK_RETRY_AFTER_SECONDS_MAX = 86_400
/** A receiver that took nothing for so long, and then a delivery, gets at once what waits for a later attempt. */
export const OUTAGE_SECONDS = 600
export const TIMEOUT_MS = 15_000
/** A delivery without an outcome by then was lost with its process, and is attempted again. */
export const LEASE_SECONDS = 60
/** How much of a response is read, and how much of it is kept. */
export const ANSWER_BYTES_MAX = 65_536
export const EXCERPT_CHARACTERS_MAX = 2_000
export const HEADERS_MAX = 50
export const HEADER_CHARACTERS_MAX = 500
/** Attempts that a notification shows with itself, the latest of them; all are in a list of their own. */
export const ATTEMPTS_SHOWN_MAX = 100
/** Deliveries under way in one process, and how many of these places are left to projects that have none under way. */
export const IN_FLIGHT_MAX = 128
export const IN_FLIGHT_RESERVED = 32
/** Under way in all processes: of one project; to all of its subscriptions that fail; to one subscription; and to one whose last delivery failed. */
export const IN_FLIGHT_PER_PROJECT = 32
export const IN_FLIGHT_PER_PROJECT_FAILING = 16
export const IN_FLIGHT_PER_SUBSCRIPTION = 16
export const IN_FLIGHT_WHILE_FAILING = 1
/** A subscription is switched off when every delivery has failed for this long. */
export const DISABLE_AFTER_SECONDS = 432_000
/** Failures further apart than this are counted separately: nothing was attempted between them. */
export const FAILURES_APART_SECONDS = 172_800
/** After a rotation the old secret keeps signing beside the new one for this long. */
export const SECRET_OVERLAP_SECONDS = 86_400
/** Secrets that sign the deliveries of one subscription at the same time. */
export const SECRETS_SIGNING_MAX = 5
export const SUBSCRIPTIONS_PER_PROJECT_MAX = 250
/** Notifications that one request may send again. */
export const RESEND_MAX = 10_000
/** How long events and the log of their deliveries are kept. */
export const EVENT_DAYS = 90
