import { wireTime } from '#lib/wire/fields.ts'
import type { showSession } from './show-session.ts'

type Shown = NonNullable<Awaited<ReturnType<typeof showSession>>>

/** A session as `GET array-data-upload-form/{sample_id}` answers it. */
export function presentSession({ session, standing, events }: Shown) {
  return {
    sample_id: session.sampleId,
    state: standing.state,
    reason: standing.reason,
    seconds_remaining: standing.secondsRemaining,
    created: wireTime(session.created),
    link_expires_at: wireTime(session.linkExpiresAt),
    opened_at: session.openedAt && wireTime(session.openedAt),
    deadline: session.deadline && wireTime(session.deadline),
    tries: session.tries,
    locale: session.locale,
    redirect_on_success: session.redirectOnSuccess,
    redirect_on_failure: session.redirectOnFailure,
    last_rejection: session.lastRejection && {
      reason: session.lastRejection.reason,
      detail: session.lastRejection.detail,
      at: session.lastRejection.at,
    },
    events: events.map(({ kind, reason, detail, created }) => ({
      kind,
      reason,
      detail,
      created: wireTime(created),
    })),
  }
}
