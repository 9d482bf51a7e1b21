import { Problem, parseFields } from '#lib/problem.ts'
import { findProject } from '#lib/projects/find-project.ts'
import { despiteDeadlocks } from '#lib/samples/despite-deadlocks.ts'
import type { Services, Tx } from '#lib/services.ts'
import { endOverdue } from './expire-sessions.ts'
import { countTimelineEntry } from './measure-sessions.ts'
import { lockSession, updateWindowShortened } from './sessions-table.ts'
import { AdvanceRequest } from './wire.ts'

/**
 * Let time pass for one session of a test project: the window that runs ends so many seconds sooner, and a session whose
 * window is over by then expires at once, unless its file is being checked. Nothing else sees another time. Throws 409
 * for a project that is not for tests, and for a session that has ended.
 */
export async function advanceSession(
  services: Services,
  { id: sampleId, project_id: projectId }: { id: string; project_id: string },
  fields: Record<string, unknown>,
): Promise<void> {
  const { db, telemetry } = services
  const { seconds } = parseFields(AdvanceRequest, fields)
  if (!(await findProject(services, projectId)).isTest) {
    throw new Problem('conflict', 'Time can only be advanced for links of a test project.')
  }
  // Its project may be deleted at the same time, in another order.
  const advance = async (tx: Tx) => {
    const session = await lockSession(tx, sampleId)
    if (!session) throw new Problem('not_found', 'Not found.')
    if (!(await updateWindowShortened(tx, sampleId, seconds))) {
      throw new Problem('conflict', `The upload session is ${session.state}: its time cannot be advanced.`)
    }
    return endOverdue(tx, [sampleId])
  }
  const ended = await despiteDeadlocks(() => db.transaction().execute(advance))
  for (const { reason } of ended) countTimelineEntry({ telemetry }, { kind: 'expired', reason })
}
