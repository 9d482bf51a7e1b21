import { z } from 'zod'
import type { Caller } from '#lib/access/caller.ts'
import { recordAudit } from '#lib/audit/record-audit.ts'
import { Problem, parseFields } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { filled } from '#lib/wire/fields.ts'
import { findProjectSamples } from './find-sample.ts'
import { moveSample } from './move-sample.ts'
import { ACCEPT_REASON_CHARACTERS_MAX } from './sample.ts'

/** Why samples are accepted in spite of their checks, beside their ids. */
export const AcceptReason = z.object({ reason: filled(ACCEPT_REASON_CHARACTERS_MAX) })

/**
 * Accept samples of a project that ended in `failed qc`: they become `succeeded`, with the reason in their history, and
 * subscribers hear of it as of any analysis that ends. What was measured stays as it was. Returns those accepted; others
 * keep their status. Throws 400 when that is none, and changes nothing when an id is not of the project.
 */
export async function acceptSamples(
  services: Services,
  caller: Caller,
  request: { projectId: string; fields: Record<string, unknown> },
): Promise<string[]> {
  const { reason } = parseFields(AcceptReason, request.fields)
  const samples = await findProjectSamples(services, caller, request)
  const accepted = await services.db.transaction().execute(async (tx) => {
    const moved: string[] = []
    // Everyone locks them in this order.
    for (const sampleId of samples.map(({ id }) => id).toSorted()) {
      const change = { sampleId, to: 'succeeded', note: `accepted: ${reason}`, decided: true } as const
      if (await moveSample(tx, change)) moved.push(sampleId)
    }
    if (moved.length > 0) {
      const { project_id: projectId } = samples[0]!
      await recordAudit(tx, { by: caller, action: 'sample.accept', projectId, targets: moved })
    }
    return moved
  })
  if (accepted.length > 0) return accepted
  const message = 'None of these samples can be accepted: only those in failed qc can.'
  throw new Problem('invalid', message, { fields: { sample_ids: [message] } })
}
