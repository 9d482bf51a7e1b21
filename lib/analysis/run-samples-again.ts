import type { Caller } from '#lib/access/caller.ts'
import { recordAudit } from '#lib/audit/record-audit.ts'
import { Problem } from '#lib/problem.ts'
import { findProjectSamples } from '#lib/samples/find-sample.ts'
import { holdOriginals } from '#lib/samples/hold-originals.ts'
import { moveSample } from '#lib/samples/move-sample.ts'
import type { Services } from '#lib/services.ts'
import { queueRun } from './queue-run.ts'
import { selectRun } from './runs-table.ts'

/**
 * Analyse samples of a project again that ended in `failed` or `failed qc`: the same file, by the rules the project has
 * when the run starts. The files of the last run stay until the new ones replace them. Returns those that are scheduled
 * now; others keep their status. Throws 400 when that is none, and changes nothing when an id is not of the project.
 */
export async function runSamplesAgain(
  services: Services,
  caller: Caller,
  request: { projectId: string; fields: Record<string, unknown> },
): Promise<string[]> {
  const samples = await findProjectSamples(services, caller, request)
  const scheduled = await services.db.transaction().execute(async (tx) => {
    const kept = await holdOriginals(
      tx,
      samples.map(({ id }) => id),
    )
    const again: string[] = []
    // Everyone locks them in this order.
    for (const { id, run_id } of samples.toSorted((one, other) => (one.id < other.id ? -1 : 1))) {
      const last = run_id === null ? undefined : await selectRun(tx, run_id)
      // Reads are fetched again; an export that retention has erased is gone.
      if (!last || (last.input.kind === 'array' && !kept.has(id))) continue
      if (!(await moveSample(tx, { sampleId: id, to: 'scheduled', note: 'run again', decided: true })))
        continue
      const { lane, input } = last
      await queueRun(services, tx, { sampleId: id, input, ...(lane === null ? {} : { lane }) })
      again.push(id)
    }
    if (again.length > 0) {
      const { project_id: projectId } = samples[0]!
      await recordAudit(tx, { by: caller, action: 'sample.run_again', projectId, targets: again })
    }
    return again
  })
  if (scheduled.length > 0) return scheduled
  const message =
    'None of these samples can be run again: only those in failed or failed qc can, while their original file is kept.'
  throw new Problem('invalid', message, { fields: { sample_ids: [message] } })
}
