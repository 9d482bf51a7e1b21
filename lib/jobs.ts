import { sweepRunFiles } from '#lib/analysis/remove-run-files.ts'
import { requeueRuns } from '#lib/analysis/requeue-runs.ts'
import { runAnalysis } from '#lib/analysis/run-analysis.ts'
import { forgetAnswers } from '#lib/idempotency/forget-answers.ts'
import { forgetSessions } from '#lib/people/forget-sessions.ts'
import type { JobPolicy } from '#lib/platform/queue/queue.ts'
import { eraseFiles } from '#lib/samples/erase-files.ts'
import { eraseLateFiles, eraseSamples } from '#lib/samples/erase-samples.ts'
import { retainFiles } from '#lib/samples/retain-files.ts'
import type { JobPayloads, Services } from '#lib/services.ts'
import { expireSessions } from '#lib/sessions/expire-sessions.ts'
import { SWEEP_SECONDS } from '#lib/sessions/limits.ts'
import { discardLeftOver } from '#lib/sessions/upload/discard-uploads.ts'
import { requeueChecks } from '#lib/sessions/upload/requeue-checks.ts'
import { settleUploads } from '#lib/sessions/upload/settle-uploads.ts'
import { sweepParts } from '#lib/sessions/upload/sweep-parts.ts'
import { verifyUpload } from '#lib/sessions/upload/verify-upload.ts'
import { forgetEvents } from '#lib/webhooks/forget-events.ts'

/** How every kind of job is worked off. */
export const JOB_POLICIES: Record<keyof JobPayloads, JobPolicy> = {
  'verify-upload': { workers: 2, retryLimit: 10, retryDelaySeconds: 2, expireInSeconds: 300 },
  // A run counts its attempts itself; its time is that of our analysis and the longest command.
  'run-analysis': { workers: 2, retryLimit: 12, retryDelaySeconds: 5, expireInSeconds: 46_800 },
  // A day may go by until a file is fetched; what was fetched stays for the next attempt.
  'run-fastq-analysis': { workers: 2, retryLimit: 24, retryDelaySeconds: 5, expireInSeconds: 86_000 },
  // What is never erased here the sweeper finds: it looks at every deleted sample for a day.
  'erase-samples': { workers: 1, retryLimit: 10, retryDelaySeconds: 2, expireInSeconds: 3_600 },
}

/** Every job the worker knows. Each is safe to run twice. */
export const jobHandlers = (services: Services) => ({
  'verify-upload': (data: JobPayloads['verify-upload']) => verifyUpload(services, data),
  'run-analysis': (data: JobPayloads['run-analysis'], signal: AbortSignal) =>
    runAnalysis(services, data, signal),
  'run-fastq-analysis': (data: JobPayloads['run-fastq-analysis'], signal: AbortSignal) =>
    runAnalysis(services, data, signal),
  'erase-samples': (data: JobPayloads['erase-samples']) => eraseSamples(services, data),
})

/** Everything that time alone makes due, in the order in which one makes work for the next. */
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
]

/**
 * Once through all of it: last bytes that nobody noted, overdue sessions, abandoned parts, jobs that were lost, old
 * answers. Any number of processes may sweep at once. A step that fails is logged and does not keep the others from
 * their turn; rejects then with the first failure.
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
 * Sweep now and every `SWEEP_SECONDS`, one after the other, until the answer is called; that resolves once a sweep
 * under way has ended.
 */
export function startSweeping(services: Services): () => Promise<void> {
  let sweeping: Promise<void> | undefined
  const once = () => {
    // A sweep that takes longer than the interval must not leave a queue of others behind it.
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
