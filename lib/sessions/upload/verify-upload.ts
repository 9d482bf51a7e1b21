import { queueRun } from '#lib/analysis/queue-run.ts'
import type { ArchiveVerdict } from '#lib/genotype/archive-check.ts'
import type { Policy } from '#lib/genotype/verdict.ts'
import { findProject } from '#lib/projects/find-project.ts'
import { isImputation } from '#lib/projects/pipeline-capability.ts'
import { findSampleProject } from '#lib/samples/find-sample.ts'
import type { Services, Tx } from '#lib/services.ts'
import { countTimelineEntry } from '../measure-sessions.ts'
import { receiveSession, rejectFile } from '../record-verdict.ts'
import { isCheckInterrupted } from './check-interrupted.ts'
import { type Refusal, storageKeyOf, type Upload } from './upload.ts'
import {
  selectUpload,
  updateAccepted,
  updateDiscarded,
  updateInterrupted,
  updateRejected,
} from './uploads-table.ts'

/** Times a check may be interrupted before its file is given back; the job waits longer each time. */
const INTERRUPTIONS_MAX = 5

type Accepted = (ArchiveVerdict & { ok: true })['accepted']

/**
 * Job: judge an upload whose last byte is in. Its bytes are *copied* to their final place while they are hashed,
 * because a late writer may still hold the part open; what is judged is the copy. Safe to run twice, at once too, and
 * after a crash at any point: the part goes last.
 */
export async function verifyUpload(services: Services, { uploadId }: { uploadId: string }): Promise<void> {
  const { db, parts, storage } = services
  const upload = await selectUpload(db, uploadId)
  if (upload?.state === 'receiving') return
  if (upload?.state === 'checking') await judge(services, upload)
  // Read again, because the same job may have run beside this one: an accepted file is never removed.
  const judged = await selectUpload(db, uploadId)
  if (judged?.state === 'rejected' || judged?.state === 'discarded')
    await storage.remove(storageKeyOf(judged))
  await parts.withPartLock(uploadId, () => parts.remove(uploadId))
}

/** Leaves the upload accepted, rejected or discarded, by this run or another. */
async function judge(services: Services, upload: Upload): Promise<void> {
  const { db, telemetry } = services
  telemetry.annotate({ 'sample.id': upload.sampleId })
  const key = storageKeyOf(upload)
  if (!(await copyPart(services, upload, key))) {
    await updateDiscarded(db, { ids: [upload.id], from: ['checking'] })
    return
  }
  const project = await findProject(services, await findSampleProject(services, upload.sampleId))
  const { settings, isTest } = project
  const verdict = await check(services, upload, { key, isTest, ...settings })
  if (verdict.ok) {
    const accepted = await accept(services, upload, {
      key,
      accepted: verdict.accepted,
      capability: project.pipelineCapabilities,
    })
    if (accepted) countTimelineEntry(services, { kind: 'received' })
    return
  }
  const [fault] = verdict.faults
  const at = await services.clock.now()
  const rejected = await db.transaction().execute((tx) => reject(tx, upload, fault, at))
  if (rejected) countTimelineEntry(services, { kind: 'rejected', reason: fault.reason })
}

/** The verdict about the stored file. Rejects while a check that was interrupted may be tried again. */
async function check(
  services: Services,
  upload: Upload,
  { key, isTest, policy, rowsMin }: { key: string; isTest: boolean; policy: Policy; rowsMin: number },
): Promise<{ ok: true; accepted: Accepted } | { ok: false; faults: [Refusal, ...Refusal[]] }> {
  const { db, storage, checkArchive, telemetry, log } = services
  const begun = performance.now()
  try {
    const verdict = await telemetry.span('check archive', () =>
      storage.withLocalFile(key, (path) => checkArchive(path, { policy, rowsMin })),
    )
    measure(services, verdict, { isTest, seconds: (performance.now() - begun) / 1_000 })
    return verdict
  } catch (error) {
    if (!isCheckInterrupted(error)) throw error
    const times = await updateInterrupted(db, upload.id)
    if (times === undefined || times < INTERRUPTIONS_MAX) throw error
    log.error({ err: error, sample_id: upload.sampleId }, 'a file was given back: its check never ended')
    return { ok: false, faults: [{ reason: 'service_unavailable' }] }
  }
}

function measure(
  { telemetry }: Services,
  verdict: ArchiveVerdict,
  { isTest, seconds }: { isTest: boolean; seconds: number },
): void {
  const said = verdict.ok
    ? { verdict: 'accepted', reason: '', vendor: verdict.accepted.vendor }
    : { verdict: 'rejected', reason: verdict.faults[0].reason, vendor: '' }
  telemetry.record('arraydrop.file.check.duration', seconds, { ...said, test: String(isTest) })
  telemetry.annotate(said)
}

/** False when the bytes are not those that were announced: a torn part after a power cut, say. */
async function copyPart({ parts, storage }: Services, upload: Upload, key: string): Promise<boolean> {
  return parts.withPartLock(upload.id, async () => {
    if ((await parts.offset(upload.id)) !== upload.size) return false
    const stored = await storage.put(key, await parts.read(upload.id))
    return stored.size === upload.size && stored.sha256 === upload.sha256
  })
}

/** One transaction: the session has its file, the sample is scheduled, its run is queued. False, and discarded, when another file was first. */
function accept(
  services: Services,
  upload: Upload,
  { key, accepted, capability }: { key: string; accepted: Accepted; capability: string },
): Promise<boolean> {
  const { vendor, container } = accepted
  // The run measures the density again, and it is a third of the numbers.
  const { density: _, ...summary } = accepted.summary
  return services.db.transaction().execute(async (tx) => {
    if (!(await receiveSession(tx, upload.sampleId))) {
      await updateDiscarded(tx, { ids: [upload.id], from: ['checking'] })
      return false
    }
    if (!(await updateAccepted(tx, upload.id, { storageKey: key, vendor, container }))) {
      throw new Error('The upload was judged otherwise meanwhile')
    }
    const imputation = isImputation(capability) ? { imputation: { capability } } : {}
    const input = { kind: 'array', storageKey: key, vendor, summary, ...imputation } as const
    await queueRun(services, tx, { sampleId: upload.sampleId, input })
    return true
  })
}

async function reject(tx: Tx, upload: Upload, fault: Refusal, at: Date): Promise<boolean> {
  if (!(await updateRejected(tx, upload.id, fault))) return false
  await rejectFile(tx, upload.sampleId, {
    reason: fault.reason,
    detail: fault.detail ?? null,
    sha256: upload.sha256,
    at: at.toISOString(),
  })
  return true
}
