import { workTime } from '#lib/platform/work-off.ts'
import { setSampleRun } from '#lib/samples/record-run-results.ts'
import type { Services, Tx } from '#lib/services.ts'
import { queueOf, RUN_JOBS, type Run, type RunInput } from './run.ts'
import { insertRun, selectStuckRuns } from './runs-table.ts'

/** More than the highest place in a project (200), so that the place in its lane decides first; all places together cost less than one failure does. */
const LANE_WEIGHT = 250

/**
 * Queue the run of a sample in the caller's transaction: a scheduled sample always has its run, and a run its job. The
 * first runs of every project and of every lane go before the second ones of any, and so on, so that a thousand runs of
 * one project do not hold up the others. `lane`: where its files come from, if that may fail on its own.
 */
export async function queueRun(
  { queue }: Pick<Services, 'queue'>,
  tx: Tx,
  { sampleId, lane, input }: { sampleId: string; lane?: string; input: RunInput },
): Promise<string> {
  const line = queueOf(input)
  const { id: runId, projectId, ...before } = await insertRun(tx, { sampleId, lane: lane ?? line, input })
  await setSampleRun(tx, sampleId, runId)
  const priority = -(before.inLane * LANE_WEIGHT + before.inProject)
  await queue.enqueue(tx, RUN_JOBS[line], { runId }, { priority, group: projectId })
  return runId
}

/**
 * Queue a run again that must wait for something outside: behind those that were not put off, but the less the longer it
 * has waited, and looked at less and less often.
 */
export async function putOffRun(
  { db, queue }: Pick<Services, 'db' | 'queue'>,
  { id, input, projectId, queuedAt }: Run,
  seconds: number,
): Promise<void> {
  // In real time: to a test clock that was advanced a run only seems younger.
  const waited = Math.max(0, Date.now() - queuedAt.getTime()) / 1_000
  const look = Math.min(LOOK_SECONDS_MAX, waited * LOOK_SHARE)
  await queue.enqueue(
    db,
    RUN_JOBS[queueOf(input)],
    { runId: id },
    {
      singletonKey: id,
      startAfterSeconds: Math.ceil(Math.max(seconds, look)),
      priority: -Math.round(PUT_OFF_PENALTY * Math.max(0, 1 - waited / PUT_OFF_SECONDS_MAX)),
      ...groupOf(projectId),
    },
  )
}

/** Queue a run once what it was put off for responds, beside the job that looks later. */
export async function queueReady(
  { db, queue }: Pick<Services, 'db' | 'queue'>,
  { id, input, projectId }: Run,
): Promise<void> {
  const singletonKey = `${id} ready`
  await queue.enqueue(db, RUN_JOBS[queueOf(input)], { runId: id }, { singletonKey, ...groupOf(projectId) })
}

const PUT_OFF_PENALTY = 500_000
/** After so long a run that was put off takes turns with new ones: however many keep coming, none waits for ever. */
const PUT_OFF_SECONDS_MAX = 3_600
/** A run that has waited for an hour need not be looked at every few seconds; less than a dead host's time to be seen. */
const LOOK_SHARE = 0.05
const LOOK_SECONDS_MAX = 100
const groupOf = (projectId: string | null) => (projectId === null ? {} : { group: projectId })

/** A run that nobody took up, or gave back: its job was lost. Longer than the queue waits between two tries; many FASTQ runs, and many imputations, wait for one another. */
const WAITING_MINUTES = { array: 15, imputation: 1_440, fastq: 1_440 }
/** A run whose worker fell silent. The queue, which notices a killed worker too, comes first. */
const SILENT_SECONDS = 90

/**
 * No scheduled sample waits for ever for its run, and no running one for a worker that is gone. For a while at most, the
 * oldest first: the next sweep continues.
 */
export async function requeueRuns({ db, queue, log }: Services): Promise<void> {
  const isOver = workTime()
  const patience = { waitingMinutes: WAITING_MINUTES, silentSeconds: SILENT_SECONDS }
  for (const { runId, queue: line, projectId } of await selectStuckRuns(db, patience)) {
    if (isOver()) return
    log.warn({ run_id: runId }, 'a run was not taken up in time; queued again')
    await queue.enqueue(db, RUN_JOBS[line], { runId }, { singletonKey: runId, ...groupOf(projectId) })
  }
}
