import { isProblem } from '#lib/problem.ts'
import { findProject } from '#lib/projects/find-project.ts'
import { despiteDeadlocks } from '#lib/samples/despite-deadlocks.ts'
import { findSampleFacts } from '#lib/samples/find-sample.ts'
import { moveSample } from '#lib/samples/move-sample.ts'
import { publishDeliverables, recordQuality } from '#lib/samples/record-run-results.ts'
import type { Services, Tx } from '#lib/services.ts'
import type { AnalysisOutcome } from './analyzer.ts'
import { HOLD_SECONDS, holdRun } from './hold-run.ts'
import { findSamePerson } from './likeness/find-same-person.ts'
import { isPutOff } from './put-off.ts'
import { putOffRun, queueReady } from './queue-run.ts'
import { removeRunFiles, runFilesOf } from './remove-run-files.ts'
import type { Run, RunNote } from './run.ts'
import {
  type Attempts,
  type Hold,
  isHeld,
  selectRun,
  updateLetGo,
  updateNoted,
  updateRunEnded,
  updateStarted,
  updateSuperseded,
} from './runs-table.ts'
import { analyseAndStore, type StoredOutcome } from './store-files.ts'
import { isTryAgain } from './try-again.ts'

/**
 * Times a run is started before it counts as failed: a worker that dies of it each time must not die for ever. Attempts
 * that our own stop ended are not among them.
 */
const ATTEMPTS_MAX = 10
/** The same with those that we ended ourselves: a probe may restart the service for ever. */
const STARTS_MAX = 50

/**
 * Job: analyse the accepted file of a sample. Safe to run twice: a run that has ended, or that another worker has, is
 * left alone, and one that a killed worker left behind starts again from the beginning. One that must wait for something
 * outside is put off, and counts as not tried. Ends the sample in
 * `succeeded`, `failed qc` or `failed`, together with its deliverables, in one transaction; a run that is canceled
 * meanwhile stops, and leaves nothing behind.
 */
export async function runAnalysis(
  services: Services,
  { runId }: { runId: string },
  signal: AbortSignal = new AbortController().signal,
): Promise<void> {
  const run = await selectRun(services.db, runId)
  // Its other job came too late, or too early: whoever holds the run goes on with it.
  if (run?.state === 'running' && (await isHeld(services.db, runId, HOLD_SECONDS))) return
  const seconds =
    run && isUnderWay(run)
      ? await services.analyzers.putOff?.(run, () => queueReady(services, run))
      : undefined
  if (run && seconds !== undefined) {
    // Its turn may come after more than a day.
    await services.scratch.wantKept(run.sampleId)
    return putOffRun(services, run, seconds)
  }
  const started = run && (await start(services, run))
  if (!started) return
  const { attempt, tries, starts } = started
  const hold = { runId, attempt }
  const ended = await measured(services, run, () => {
    if (tries > ATTEMPTS_MAX) return fail(services, run, hold, TRIED_TOO_OFTEN)
    if (starts > STARTS_MAX) return fail(services, run, hold, INTERRUPTED_TOO_OFTEN)
    return attend(services, run, { ...hold, tries }, signal)
  })
  // What was kept for another attempt; of a lost run, the worker that holds it needs it.
  if (ended !== 'lost' && ended !== 'put off') await services.scratch.removeKept(run.sampleId)
  if (ended !== 'succeeded') await tidy(services, run)
}

const TRIED_TOO_OFTEN = 'internal_error: the analysis was ended too often.'
const INTERRUPTED_TOO_OFTEN = `service_unavailable: the analysis was started ${STARTS_MAX} times, and the service interrupted it each time.`

const isUnderWay = ({ state }: Run) => state === 'queued' || state === 'running'

/** How a worker's part in a run came to its end; `lost`: what it did counts for nothing. */
type Ending = 'succeeded' | 'failed' | 'lost' | 'put off'

/** What this attempt cost, for monitoring; one that is to be made again counts as interrupted. */
async function measured(
  { telemetry }: Services,
  { id, sampleId, input }: Run,
  work: () => Promise<Ending>,
): Promise<Ending> {
  telemetry.annotate({ 'run.id': id, 'sample.id': sampleId, 'run.kind': input.kind })
  const begun = performance.now()
  let outcome: Ending | 'interrupted' = 'interrupted'
  try {
    outcome = await work()
    return outcome
  } finally {
    const seconds = (performance.now() - begun) / 1_000
    telemetry.record('arraydrop.run.duration', seconds, { kind: input.kind, outcome })
    telemetry.annotate({ 'run.outcome': outcome })
  }
}

async function attend(
  services: Services,
  run: Run,
  { tries, ...hold }: Hold & Pick<Attempts, 'tries'>,
  signal: AbortSignal,
): Promise<Ending> {
  try {
    const { projectId, reference } = await findSampleFacts(services, run.sampleId)
    const about = { reference, queuedAt: run.queuedAt }
    const { settings } = await findProject(services, projectId)
    // For people alone: a database that is away for a while must not end an hour of work.
    const note = (said: RunNote) => updateNoted(services.db, hold, said).catch(() => {})
    const outcome = await services.telemetry.span('analyse', () =>
      holdRun(services, hold, signal, (held) =>
        analyseAndStore(services, { run, attempt: hold.attempt, projectId, about, settings, note }, held),
      ),
    )
    return outcome === 'lost' ? 'lost' : await finish(services, run, hold, projectId, outcome)
  } catch (error) {
    if (isPutOff(error)) {
      await putOffRun(services, run, error.seconds)
      return 'put off'
    }
    if (isProblem(error)) return fail(services, run, hold, error.message)
    if (tries < ATTEMPTS_MAX || signal.aborted) {
      // Of what failed before or after the work itself: its next job would pass over a run that seems to be held.
      if (!signal.aborted) await updateLetGo(services.db, hold, 'failed').catch(() => {})
      throw error
    }
    services.log.error({ err: error, run_id: run.id }, 'a run failed at its last attempt')
    const note = isTryAgain(error) ? error.note : 'internal_error: the analysis failed too often.'
    return fail(services, run, hold, note)
  }
}

/** Undefined when the run has ended, another worker holds it, or its sample was canceled. */
function start({ db }: Services, run: Run): Promise<Attempts | undefined> {
  return db.transaction().execute(async (tx) => {
    const started = await updateStarted(tx, run.id, HOLD_SECONDS)
    if (started === undefined) return undefined
    if (await moveSample(tx, { sampleId: run.sampleId, to: 'running' })) return started
    // A run that stayed under way would be queued again for ever.
    await updateRunEnded(tx, { runId: run.id, attempt: started.attempt }, { state: 'canceled', note: '' })
    return undefined
  })
}

/** What this worker stored of a run that came to nothing goes; a run that another has is that one's affair. */
async function tidy(services: Services, run: Run): Promise<void> {
  const now = await selectRun(services.db, run.id)
  // Deleted with its sample: nobody will ever look for what is left, nor may it stay.
  if (!now) {
    await services.scratch.removeKept(run.sampleId)
    await services.storage.remove(runFilesOf(run))
  } else if (now.state === 'failed' || now.state === 'canceled') {
    await services.scratch.removeKept(run.sampleId)
    await removeRunFiles(services, run)
  }
}

async function finish(
  { db }: Services,
  run: Run,
  hold: Hold,
  projectId: string,
  { qc, checks, files, sketch }: StoredOutcome,
): Promise<Ending> {
  const notes = checks.filter(({ status }) => status === 'failed').map(({ note }) => note)
  const failedQc = notes.length > 0 ? notes.join(' ') : null
  const end = async (tx: Tx): Promise<Ending> => {
    // Of the samples whose run succeeded, those that failed quality control can be analysed again.
    const final = failedQc === null
    if (!(await updateRunEnded(tx, hold, { state: 'succeeded', note: '', final }))) return 'lost'
    await publishDeliverables(tx, { sampleId: run.sampleId, runId: run.id }, files)
    await updateSuperseded(tx, run)
    await findSamePerson(tx, { sampleId: run.sampleId, projectId, sketch })
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
    return 'succeeded'
  }
  // Its project or another sample of it may be deleted at the same time, in another order.
  return despiteDeadlocks(() => db.transaction().execute(end))
}

type QualityRecord = AnalysisOutcome['qc'] & Pick<AnalysisOutcome, 'checks'>

function fail({ db }: Services, run: Run, hold: Hold, note: string): Promise<Ending> {
  return db.transaction().execute(async (tx) => {
    if (!(await updateRunEnded(tx, hold, { state: 'failed', note }))) return 'lost'
    await moveSample(tx, { sampleId: run.sampleId, to: 'failed', note })
    return 'failed'
  })
}
