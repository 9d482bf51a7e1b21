import { randomUUID } from 'node:crypto'
import { deleteGivenUpSketches } from '#lib/analysis/likeness/delete-given-up-sketches.ts'
import { requeueRuns } from '#lib/analysis/queue-run.ts'
import { sweepRunFiles } from '#lib/analysis/remove-run-files.ts'
import { chainAudit } from '#lib/audit/chain-audit.ts'
import { noteAuditHead } from '#lib/audit/note-audit-head.ts'
import { forgetReports } from '#lib/doctor/keep-report.ts'
import { deleteTestUploads } from '#lib/fastq/delete-test-uploads.ts'
import { forgetAnswers } from '#lib/idempotency/answer-once.ts'
import { countInsights } from '#lib/insights/count-insights.ts'
import { forgetSessions } from '#lib/people/end-user-sessions.ts'
import { workOff } from '#lib/platform/work-off.ts'
import { deleteTestSamples } from '#lib/samples/delete-test-samples.ts'
import { eraseLateFiles } from '#lib/samples/erase-samples.ts'
import { eraseFiles, retainFiles } from '#lib/samples/retain-files.ts'
import type { Services } from '#lib/services.ts'
import { expireSessions } from '#lib/sessions/expire-sessions.ts'
import { SWEEP_SECONDS } from '#lib/sessions/limits.ts'
import { discardLeftOver } from '#lib/sessions/upload/discard-uploads.ts'
import { requeueChecks, settleUploads } from '#lib/sessions/upload/settle-uploads.ts'
import { sweepParts } from '#lib/sessions/upload/sweep-parts.ts'
import { deleteLeftNotifications } from '#lib/webhooks/delete-left-notifications.ts'
import { forgetEvents } from '#lib/webhooks/emit-event.ts'
import { recordSteps, releaseLease, takeLease } from './sweep-state.ts'

type Step = (services: Services) => Promise<void>
interface Lane {
  everySeconds: number
  steps: readonly Step[]
}

/** How often a process asks whether it is the one that sweeps. */
const ASK_SECONDS = 5

/**
 * Everything that becomes due by time alone. The steps of a lane follow one another, each may create work for the next;
 * lanes do not wait for each other. The first is for what people wait for, and nothing else is in it: what tidies up may
 * take its time.
 */
const LANES: readonly Lane[] = [
  { everySeconds: SWEEP_SECONDS, steps: [settleUploads, expireAll] },
  { everySeconds: SWEEP_SECONDS, steps: [requeueChecks, requeueRuns] },
  { everySeconds: SWEEP_SECONDS, steps: [discardLeftOver, sweepParts] },
  { everySeconds: ASK_SECONDS, steps: [chainAudit] },
  { everySeconds: SWEEP_SECONDS, steps: [countInsights] },
  {
    everySeconds: 60,
    steps: [
      deleteTestSamples,
      deleteTestUploads,
      retainFiles,
      forgetAnswers,
      forgetSessions,
      forgetEvents,
      forgetReports,
      noteAuditHead,
    ],
  },
  {
    everySeconds: 60,
    steps: [deleteGivenUpSketches, deleteLeftNotifications, sweepRunFiles, eraseFiles, eraseLateFiles],
  },
]

async function expireAll(services: Services): Promise<void> {
  await workOff(async () => (await expireSessions(services)).length > 0)
}

/**
 * One sweep, lane after lane: received uploads that were not recorded, overdue sessions, lost jobs, abandoned parts, old
 * files and stored responses. Any number of processes may sweep at once. A failed step is logged, recorded and tried
 * again by the next sweep, and does not stop the others; the sweep then rejects with the first failure.
 */
export async function sweep(services: Services): Promise<void> {
  const failures: unknown[] = []
  for (const lane of LANES) failures.push(...(await sweepLane(services, lane, new Set())))
  if (failures.length > 0) throw failures[0]
}

/**
 * Returns what failed. `begin` is called with the name of each step, and what it returns at the step's end. `working`: the
 * steps that this process has recorded as working, which need no record.
 */
async function sweepLane(
  services: Services,
  { steps }: Lane,
  working: Set<string>,
  begin: (step: string) => () => void = () => () => {},
): Promise<unknown[]> {
  const failed = new Map<string, unknown>()
  for (const step of steps) {
    const end = begin(step.name)
    await step(services).catch((error: unknown) => {
      services.log.error(
        { err: error, step: step.name },
        'a step of the sweep failed; the next sweep tries again',
      )
      failed.set(step.name, error)
    })
    end()
  }
  const worked = steps.map(({ name }) => name).filter((name) => !failed.has(name))
  if (failed.size === 0 && worked.every((name) => working.has(name))) return []
  for (const name of failed.keys()) working.delete(name)
  await recordSteps(services.db, { worked, failed: [...failed.keys()] })
    .then(() => {
      for (const name of worked) working.add(name)
    })
    .catch((error: unknown) => services.log.error({ err: error }, 'what the sweep did could not be recorded'))
  return [...failed.values()]
}

/**
 * Sweep now and from then on, as long as no other process does; one sweep of a lane at a time. When the process that
 * sweeps is gone, another one has taken its place within half a minute, and at once when it was killed. Returns a function
 * that stops it, and resolves once what is under way has ended.
 */
export function startSweeping(services: Services): () => Promise<void> {
  const holder = randomUUID()
  const underWay = new Map<Lane, Promise<void>>()
  const beginStep = observeSteps(services)
  const working = new Set<string>()
  let asking: Promise<void> | undefined
  let turns = 0
  let stopped = false
  const sweepIfFirst = async () => {
    if (!(await takeLease(services.db, holder))) {
      turns = 0
      // What the process that sweeps records meanwhile is not known here.
      working.clear()
      return
    }
    // A lane that began now would hold up the stop, which waits for what is under way.
    if (stopped) return
    const seconds = turns++ * ASK_SECONDS
    for (const lane of LANES) if (seconds % lane.everySeconds === 0) begin(lane)
  }
  const begin = (lane: Lane) => {
    // A sweep that takes longer than the interval must not make others queue up.
    if (underWay.has(lane)) return
    const ended = sweepLane(services, lane, working, beginStep).then(() => void underWay.delete(lane))
    underWay.set(lane, ended)
  }
  const ask = () => {
    asking ??= sweepIfFirst()
      .catch((error: unknown) => services.log.error({ err: error }, 'the sweep could not begin'))
      .finally(() => {
        asking = undefined
      })
  }
  ask()
  const timer = setInterval(ask, ASK_SECONDS * 1_000)
  return async () => {
    stopped = true
    clearInterval(timer)
    await asking
    await Promise.all(underWay.values())
    // Best effort: it would end by itself.
    await releaseLease(services.db, holder).catch(() => {})
  }
}

/** Reports which steps are under way and for how long. Returns what a step calls when it begins, which returns what it calls at its end. */
function observeSteps({ telemetry }: Pick<Services, 'telemetry'>): (step: string) => () => void {
  const begun = new Map<string, number>()
  telemetry.observe('arraydrop.sweep.running.age', () =>
    [...begun].map(([step, at]) => ({ value: (performance.now() - at) / 1_000, labels: { step } })),
  )
  return (step) => {
    begun.set(step, performance.now())
    return () => void begun.delete(step)
  }
}
