import { requeueRuns } from '#lib/analysis/queue-run.ts'
import { sweepRunFiles } from '#lib/analysis/remove-run-files.ts'
import { runAnalysis } from '#lib/analysis/run-analysis.ts'
import { noteAuditHead } from '#lib/audit/note-audit-head.ts'
import { forgetAnswers } from '#lib/idempotency/answer-once.ts'
import { forgetSessions } from '#lib/people/end-user-sessions.ts'
import type { Env } from '#lib/platform/env.ts'
import type { JobPolicy } from '#lib/platform/queue/queue.ts'
import { eraseLateFiles, eraseSamples } from '#lib/samples/erase-samples.ts'
import { eraseFiles, retainFiles } from '#lib/samples/retain-files.ts'
import type { JobPayloads, Services } from '#lib/services.ts'
import { expireSessions } from '#lib/sessions/expire-sessions.ts'
import { SWEEP_SECONDS } from '#lib/sessions/limits.ts'
import { discardLeftOver } from '#lib/sessions/upload/discard-uploads.ts'
import { requeueChecks, settleUploads } from '#lib/sessions/upload/settle-uploads.ts'
import { sweepParts } from '#lib/sessions/upload/sweep-parts.ts'
import { verifyUpload } from '#lib/sessions/upload/verify-upload.ts'
import { forgetEvents } from '#lib/webhooks/emit-event.ts'

/** How each kind of job is processed. */
export const JOB_POLICIES: Record<keyof JobPayloads, JobPolicy> = {
  'verify-upload': { workers: 2, retryLimit: 10, retryDelaySeconds: 2, expireInSeconds: 300 },
  // No project has all workers of a process. A run counts its attempts itself; its time is that of our analysis and the longest command.
  'run-analysis': {
    workers: 3,
    workersPerGroup: 2,
    retryLimit: 12,
    retryDelaySeconds: 5,
    expireInSeconds: 46_800,
  },
  // Fetching a file may take a day; what was fetched stays for the next attempt.
  'run-fastq-analysis': {
    workers: 4,
    workersPerGroup: 3,
    retryLimit: 24,
    retryDelaySeconds: 5,
    retryDelaySecondsMax: 3_600,
    expireInSeconds: 86_000,
  },
  // An hour or two a sample; what was imputed stays for the next attempt. Workers are set at start.
  'run-imputation': { workers: 1, retryLimit: 24, retryDelaySeconds: 5, expireInSeconds: 86_000 },
  // The sweeper erases what is missed here: it checks every deleted sample for a day.
  'erase-samples': { workers: 1, retryLimit: 10, retryDelaySeconds: 2, expireInSeconds: 3_600 },
}

/** The same for one process: it imputes as much at once as it may, and nothing where it has no panel. */
export function policiesFor({ imputation }: Pick<Env, 'imputation'>): typeof JOB_POLICIES {
  const workers = imputation.panels.length === 0 ? 0 : imputation.processes
  return { ...JOB_POLICIES, 'run-imputation': { ...JOB_POLICIES['run-imputation'], workers } }
}

/** The handler of every kind of job. Each is safe to run twice. */
export const jobHandlers = (services: Services) => ({
  'verify-upload': (data: JobPayloads['verify-upload']) => verifyUpload(services, data),
  'run-analysis': (data: JobPayloads['run-analysis'], signal: AbortSignal) =>
    runAnalysis(services, data, signal),
  'run-fastq-analysis': (data: JobPayloads['run-fastq-analysis'], signal: AbortSignal) =>
    runAnalysis(services, data, signal),
  'run-imputation': (data: JobPayloads['run-imputation'], signal: AbortSignal) =>
    runAnalysis(services, data, signal),
  'erase-samples': (data: JobPayloads['erase-samples']) => eraseSamples(services, data),
})

/** Everything that becomes due by time alone, ordered so that each step may create work for the next. */
const STEPS: ((services: Services) => Promise<void>)[] = [
  settleUploads,
  expireAll,
  discardLeftOver,
  sweepParts,
  requeueChecks,
  requeueRuns,
  sweepRunFiles,
  retainFiles,
  eraseFiles,
  eraseLateFiles,
  forgetAnswers,
  forgetSessions,
  forgetEvents,
  noteAuditHead,
]

/**
 * One sweep: received uploads that were not recorded, overdue sessions, abandoned parts, lost jobs, old stored
 * responses. Any number of processes may sweep at once. A failed step is logged and does not stop the others; the
 * sweep then rejects with the first failure.
 */
export async function sweep(services: Services): Promise<void> {
  const failures: unknown[] = []
  for (const step of STEPS) {
    await step(services).catch((error: unknown) => {
      services.log.error(
        { err: error, step: step.name },
        'a step of the sweep failed; the next sweep tries again',
      )
      failures.push(error)
    })
  }
  if (failures.length > 0) throw failures[0]
}

async function expireAll(services: Services): Promise<void> {
  let ended: string[]
  do ended = await expireSessions(services)
  while (ended.length > 0)
}

/**
 * Sweep now and then every `SWEEP_SECONDS`, one sweep at a time. Returns a function that stops it, and resolves once
 * the current sweep has ended.
 */
export function startSweeping(services: Services): () => Promise<void> {
  let sweeping: Promise<void> | undefined
  const once = () => {
    // A sweep that takes longer than the interval must not make others queue up.
    sweeping ??= sweep(services)
      .catch(() => {})
      .finally(() => {
        sweeping = undefined
      })
  }
  once()
  const timer = setInterval(once, SWEEP_SECONDS * 1_000)
  return async () => {
    clearInterval(timer)
    await sweeping
  }
}
