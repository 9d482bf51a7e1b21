import { isProblem } from '#lib/problem.ts'
import { findProject } from '#lib/projects/find-project.ts'
import { findSampleProject } from '#lib/samples/find-sample-project.ts'
import { moveSample } from '#lib/samples/move-sample.ts'
import { publishDeliverables } from '#lib/samples/publish-deliverables.ts'
import { recordQuality } from '#lib/samples/record-quality.ts'
import type { Services } from '#lib/services.ts'
import type { AnalysisOutcome } from './analyzer.ts'
import type { Run } from './run.ts'
import { selectRun, updateEnded, updateStarted } from './runs-table.ts'
import { analyseAndStore, type StoredOutcome } from './store-files.ts'

/** Times a run is started before it counts as failed: a worker that dies of it each time must not die for ever. */
const ATTEMPTS_MAX = 10

/**
 * Job: analyse the accepted file of a sample. Safe to run twice: a run that has ended is left alone, and one that a
 * killed worker left behind starts again from the beginning. Ends the sample in `succeeded`, `failed qc` or `failed`,
 * together with its deliverables, in one transaction.
 */
export async function runAnalysis(
  services: Services,
  { runId }: { runId: string },
  signal: AbortSignal = new AbortController().signal,
): Promise<void> {
  const run = await selectRun(services.db, runId)
  const attempts = run && (await start(services, run))
  if (!attempts) return
  if (attempts > ATTEMPTS_MAX) return fail(services, run, 'internal_error: the analysis was ended too often.')
  try {
    const { settings } = await findProject(services, await findSampleProject(services, run.sampleId))
    await finish(services, run, await analyseAndStore(services, { run, settings }, signal))
  } catch (error) {
    if (!isProblem(error)) throw error
    await fail(services, run, error.message)
  }
}

/** How often the run has been started, this time included; undefined when it has ended, or its sample was canceled. */
function start({ db }: Services, run: Run): Promise<number | undefined> {
  return db.transaction().execute(async (tx) => {
    const attempts = await updateStarted(tx, run.id)
    if (attempts === undefined) return undefined
    if (await moveSample(tx, { sampleId: run.sampleId, to: 'running' })) return attempts
    // A run that stayed under way would be queued again for ever.
    await updateEnded(tx, run.id, { state: 'canceled', note: '' })
    return undefined
  })
}

async function finish({ db }: Services, run: Run, { qc, checks, files }: StoredOutcome): Promise<void> {
  const notes = checks.filter(({ status }) => status === 'failed').map(({ note }) => note)
  const failedQc = notes.length > 0 ? notes.join(' ') : null
  await db.transaction().execute(async (tx) => {
    if (!(await updateEnded(tx, run.id, { state: 'succeeded', note: '' }))) return
    await publishDeliverables(tx, { sampleId: run.sampleId, runId: run.id }, files)
    await recordQuality(tx, {
      sampleId: run.sampleId,
      qc: { ...qc, checks } satisfies QualityRecord,
      failedQc,
    })
    await moveSample(tx, {
      sampleId: run.sampleId,
      to: failedQc ? 'failed qc' : 'succeeded',
      note: failedQc ?? '',
    })
  })
}

type QualityRecord = AnalysisOutcome['qc'] & Pick<AnalysisOutcome, 'checks'>

async function fail({ db }: Services, run: Run, note: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    if (!(await updateEnded(tx, run.id, { state: 'failed', note }))) return
    await moveSample(tx, { sampleId: run.sampleId, to: 'failed', note })
  })
}
