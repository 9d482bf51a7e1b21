import type { Reason } from '#lib/genotype/reason.ts'
import { brandOf } from '#lib/projects/brand.ts'
import { findProject } from '#lib/projects/find-project.ts'
import type { Project } from '#lib/projects/project.ts'
import { TEST_SAMPLE_DAYS } from '#lib/samples/delete-test-samples.ts'
import type { Services } from '#lib/services.ts'
import { withReason } from './link/redirect-url.ts'
import { type Session, standingOf } from './session.ts'
import { UPLOAD_PATH } from './upload/upload.ts'
import { selectAccepted, selectUploads } from './upload/uploads-table.ts'
import { PROTO, type SessionView } from './wire.ts'

/**
 * The page's view of its session, computed from what is stored; changes nothing. `leaving` is the reason the person
 * leaves with, and adds the URL back to the partner; `branded` adds logo and colours.
 */
export async function viewSession(
  services: Services,
  session: Session,
  { leaving, branded = false }: { leaving?: Reason; branded?: boolean } = {},
): Promise<SessionView> {
  const { db, parts } = services
  const [uploads, project] = await Promise.all([
    selectUploads(db, session.sampleId, ['receiving', 'checking']),
    findProject(services, session.projectId),
  ])
  const checking = uploads.find((upload) => upload.state === 'checking')
  const standing = standingOf(session, { checking: checking !== undefined })
  const current = checking ?? uploads[0]
  const over = standing.state === 'expired' || standing.state === 'canceled' || standing.state === 'received'
  const accepted = standing.state === 'received' ? await selectAccepted(db, session.sampleId) : undefined
  return {
    proto: PROTO,
    sample_id: session.sampleId,
    state: checking && !over ? 'verifying' : standing.state,
    reason: standing.reason,
    seconds_remaining: standing.secondsRemaining,
    locale: session.locale,
    test: project.isTest,
    partner: partnerOf(project, branded),
    policy: project.settings.policy,
    upload:
      current && !over
        ? {
            path: `${UPLOAD_PATH}/${current.id}`,
            sha256: current.sha256,
            size: current.size,
            offset: checking ? current.size : ((await parts.offset(current.id)) ?? 0),
          }
        : null,
    last_rejection: session.lastRejection as SessionView['last_rejection'],
    vendor: accepted?.vendor ?? null,
    receipt: accepted?.received_at
      ? { received_at: accepted.received_at.toISOString(), size: accepted.size, sha256: accepted.sha256 }
      : null,
    redirect_to: redirectOf(session, standing, leaving),
    leads_back: session.redirectOnFailure !== '',
    failure_redirect: project.settings.failureRedirect,
  }
}

function partnerOf({ name, isTest, settings }: Project, branded: boolean): SessionView['partner'] {
  return {
    name: settings.displayName ?? name,
    support_url: settings.supportUrl,
    privacy_url: settings.privacyUrl,
    purpose: settings.purpose,
    purposes: branded ? settings.purposes : null,
    raw_file_days: isTest ? TEST_SAMPLE_DAYS : settings.rawFileDays,
    deliverable_days: isTest ? TEST_SAMPLE_DAYS : settings.deliverableDays,
    brand: branded ? brandOf(settings) : null,
  }
}

/** Success leads to one URL, an end or leaving to the other with its reason; an empty one leads nowhere. */
function redirectOf(
  session: Session,
  standing: ReturnType<typeof standingOf>,
  leaving?: Reason,
): string | null {
  if (standing.state === 'received') return session.redirectOnSuccess || null
  const reason = standing.reason ?? leaving
  if (!reason || session.redirectOnFailure === '') return null
  return withReason(session.redirectOnFailure, reason)
}
