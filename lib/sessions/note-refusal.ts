import type { Detail, FileReason } from '#lib/genotype/reason.ts'
import type { Services } from '#lib/services.ts'
import { BROWSER_REFUSALS_MAX } from './limits.ts'
import { noteOnce } from './note-once.ts'
import type { Session } from './session.ts'

/**
 * Record in the timeline why the page refused a file before any of it was sent. The same refusal is recorded once per
 * session, and a session has at most BROWSER_REFUSALS_MAX of them. A session that is not open does not change.
 */
export const noteRefusal = (
  services: Pick<Services, 'db' | 'telemetry'>,
  session: Pick<Session, 'sampleId'>,
  { reason, detail }: { reason: FileReason; detail: Detail | null },
): Promise<void> =>
  noteOnce(services, session, { kind: 'refused_in_browser', reason, detail }, BROWSER_REFUSALS_MAX)
