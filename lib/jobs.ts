import { requeueRuns } from '#lib/analysis/requeue-runs.ts'
import { runAnalysis } from '#lib/analysis/run-analysis.ts'
import type { JobPolicy } from '#lib/platform/queue/queue.ts'
import { forgetAnswers } from '#lib/projects/forget-answers.ts'
import type { JobPayloads, Services } from '#lib/services.ts'
import { expireSessions } from '#lib/sessions/expire-sessions.ts'
import { SWEEP_SECONDS } from '#lib/sessions/limits.ts'
import { discardUploadsOf } from '#lib/uploads/discard-uploads.ts'
import { findChecking } from '#lib/uploads/find-checking.ts'
import { requeueChecks } from '#lib/uploads/requeue-checks.ts'
import { settleUploads } from '#lib/uploads/settle-uploads.ts'
import { sweepParts } from '#lib/uploads/sweep-parts.ts'
import { verifyUpload } from '#lib/uploads/verify-upload.ts'

/** How every kind of job is worked off. */
export const JOB_POLICIES: Record<keyof JobPayloads, JobPolicy> = {
  'verify-upload': { workers: 2, retryLimit: 10, retryDelaySeconds: 2, expireInSeconds: 300 },
  'run-analysis': { workers: 2, retryLimit: 5, retryDelaySeconds: 5, expireInSeconds: 3_600 },
}

/** Every job the worker knows. Each is safe to run twice. */
export const jobHandlers = (services: Services) => ({
  'verify-upload': (data: JobPayloads['verify-upload']) => verifyUpload(services, data),
  'run-analysis': (data: JobPayloads['run-analysis'], signal: AbortSignal) =>
    runAnalysis(services, data, signal),
})

/**
 * Once through everything that time alone makes due: last bytes that nobody noted, overdue sessions, abandoned parts,
 * jobs that were lost, old answers. Any number of processes may sweep at once.
 */
export async function sweep(services: Services): Promise<void> {
  await settleUploads(services)
  for (let ended = await expire(services); ended > 0; ended = await expire(services));
  await sweepParts(services)
  await requeueChecks(services)
  await requeueRuns(services)
  await forgetAnswers(services)
}

async function expire(services: Services): Promise<number> {
  const ended = await expireSessions(services, findChecking)
  for (const sampleId of ended) await discardUploadsOf(services, sampleId)
  return ended.length
}

/** Sweep now and every `SWEEP_SECONDS`, until the answer is called; that resolves once a sweep under way has ended. */
export function startSweeping(services: Services): () => Promise<void> {
  let sweeping = Promise.resolve()
  const once = () => {
    sweeping = sweeping
      .then(() => sweep(services))
      .catch((error: unknown) => services.log.error({ err: error }, 'sweep failed; the next one tries again'))
  }
  once()
  const timer = setInterval(once, SWEEP_SECONDS * 1_000)
  return async () => {
    clearInterval(timer)
    await sweeping
  }
}
