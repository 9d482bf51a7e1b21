import { runAnalysis } from '#lib/analysis/run-analysis.ts'
import { FETCH_WORKERS } from '#lib/fastq/fetch/limits.ts'
import type { Env } from '#lib/platform/env.ts'
import type { JobPolicy } from '#lib/platform/queue/queue.ts'
import { eraseSamples } from '#lib/samples/erase-samples.ts'
import type { JobPayloads, Services } from '#lib/services.ts'
import { verifyUpload } from '#lib/sessions/upload/verify-upload.ts'

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
    workers: FETCH_WORKERS,
    workersPerGroup: FETCH_WORKERS - 1,
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

/**
 * The same for one process: it takes as many imputations at once as its engine may work on, whole batches included, and
 * none where it has no panel.
 */
export function policiesFor({ imputation }: Pick<Env, 'imputation'>): typeof JOB_POLICIES {
  const workers = imputation.panels.length === 0 ? 0 : imputation.processes * imputation.batch
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
