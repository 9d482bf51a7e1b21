import { findProject } from '#lib/projects/find-project.ts'
import { findSampleProject } from '#lib/samples/find-sample-project.ts'
import { moveSample } from '#lib/samples/move-sample.ts'
import { recordQuality } from '#lib/samples/record-quality.ts'
import type { Services } from '#lib/services.ts'
import { judgeQuality } from './judge-quality.ts'
import { selectRun, updateEnded, updateStarted } from './runs-table.ts'

/**
 * Job: analyse the accepted file of a sample. Safe to run twice: a run that has ended is left alone, and one that a
 * killed worker left behind starts again. Ends the sample in `succeeded` or `failed qc`.
 */
export async function runAnalysis(services: Services, { runId }: { runId: string }): Promise<void> {
  const { db } = services
  const run = await selectRun(db, runId)
  if (!run) return
  const started = await db.transaction().execute(async (tx) => {
    return (
      (await updateStarted(tx, run.id)) && (await moveSample(tx, { sampleId: run.sampleId, to: 'running' }))
    )
  })
  if (!started) return

  const { settings } = await findProject(services, await findSampleProject(services, run.sampleId))
  const { qc, failures } = judgeQuality(run.input.vendor, run.input.summary, settings)
  const failedQc = failures.length > 0 ? failures.map(({ note }) => note).join(' ') : null

  await db.transaction().execute(async (tx) => {
    if (!(await updateEnded(tx, run.id, { state: 'succeeded', note: '' }))) return
    await recordQuality(tx, { sampleId: run.sampleId, qc, failedQc })
    await moveSample(tx, {
      sampleId: run.sampleId,
      to: failedQc ? 'failed qc' : 'succeeded',
      note: failedQc ?? '',
    })
  })
}
