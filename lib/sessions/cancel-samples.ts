import type { Caller } from '#lib/access/caller.ts'
import { cancelRun } from '#lib/analysis/cancel-run.ts'
import { recordAudit } from '#lib/audit/record-audit.ts'
import { isProblem, Problem } from '#lib/problem.ts'
import { findProjectSamples } from '#lib/samples/find-sample.ts'
import type { Services } from '#lib/services.ts'
import { cancelSession } from './cancel-session.ts'

/**
 * Cancel samples of a project on the partner's wish: an upload link stops working, a run that waits or is under way
 * ends. What has ended otherwise stays as it is and is not counted; the answer is the number that are canceled now,
 * those that were already included. Throws 400 when that is none, and changes nothing when an id is not of the project.
 */
export async function cancelSamples(
  services: Services,
  caller: Caller,
  request: { projectId: string; fields: Record<string, unknown> },
): Promise<number> {
  const samples = await findProjectSamples(services, caller, request)
  const canceled: string[] = []
  for (const { id, status } of samples) {
    if (
      status === 'canceled' ||
      (await cancelIfOpen(services, id, status)) ||
      (await cancelRun(services, id))
    )
      canceled.push(id)
  }
  if (canceled.length > 0) {
    // After them, because each ends by itself; a request that is repeated is written down again.
    const { project_id: projectId } = samples[0]!
    await recordAudit(services.db, { by: caller, action: 'sample.cancel', projectId, targets: canceled })
    return canceled.length
  }
  const message = 'None of these samples can be canceled: each has ended.'
  throw new Problem('invalid', message, { fields: { sample_ids: [message] } })
}

/** False when there is no session to cancel any more: the file came in since, or the time ran out. */
async function cancelIfOpen(services: Services, sampleId: string, status: string): Promise<boolean> {
  if (status !== 'consumer awaiting data') return false
  try {
    await cancelSession(services, sampleId)
    return true
  } catch (error) {
    if (isProblem(error) && error.code === 'conflict') return false
    throw error
  }
}
