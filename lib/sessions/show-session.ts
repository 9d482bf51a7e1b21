import type { SampleDetails } from '#lib/samples/wire.ts'
import type { Services } from '#lib/services.ts'
import { wireTime } from '#lib/wire/fields.ts'
import { standingOf } from './session.ts'
import { selectSession, selectTimeline } from './sessions-table.ts'
import { selectAccepted, selectChecking } from './upload/uploads-table.ts'

/**
 * A session's state and timeline, for the partner; undefined when the sample has none. One whose file is being checked
 * is not called expired.
 */
export async function showSession({ db }: Pick<Services, 'db'>, sampleId: string) {
  const session = await selectSession(db, sampleId)
  if (!session) return undefined
  const checking = (await selectChecking(db, [sampleId])).has(sampleId)
  return { session, standing: standingOf(session, { checking }), events: await selectTimeline(db, sampleId) }
}

type Shown = NonNullable<Awaited<ReturnType<typeof showSession>>>

/** A session as `GET array-data-upload-form/{sample_id}` answers it. */
export function presentSessionDetails({ session, standing, events }: Shown) {
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

/** What a sample's own page tells of its upload session; null when it has none. */
export async function summariseSession(
  services: Services,
  sampleId: string,
): Promise<SampleDetails['upload_session']> {
  const shown = await showSession(services, sampleId)
  if (!shown) return null
  const { lastRejection } = shown.session
  const accepted = await selectAccepted(services.db, sampleId)
  return {
    state: shown.standing.state,
    vendor: accepted?.vendor ?? null,
    last_rejection: lastRejection && {
      reason: lastRejection.reason,
      detail: lastRejection.detail,
      at: lastRejection.at,
    },
  }
}
