import { tryEach } from '#lib/platform/try-each.ts'
import { workTime } from '#lib/platform/work-off.ts'
import type { Database, Services } from '#lib/services.ts'
import type { Run } from './run.ts'
import { selectUntidy, UNTIDY, type UntidyRun, updateTidied } from './untidy-runs-table.ts'

type RunIds = Pick<Run, 'id' | 'sampleId'>

/** Prefix of everything a run stores: below its sample, so that it is deleted with the sample. Each attempt has a folder in it. */
export const runFilesOf = ({ id, sampleId }: RunIds): string => `samples/${sampleId}/runs/${id}/`

/** Prefix of what one attempt stores: a worker that lost the run, and writes late, writes over nothing that is published. */
export const attemptFilesOf = (run: RunIds, attempt: number): string => `${runFilesOf(run)}${attempt}/`

/** Key of the output of an operator's command during an attempt: for operators only, since it may hold anything. */
export const runLogOf = (run: RunIds, attempt: number): string => `${attemptFilesOf(run, attempt)}log`

/** A log, below the folder of its run. Earlier releases had one for all attempts. */
const LOG = /^(?:\d+\/)?log$/

/** A worker that lost its run has stopped writing by then. */
const GRACE_MINUTES = 10
const BATCH = 100

/** Remove what a run that failed or was canceled had stored; its logs stay. Removing twice is no error. */
export async function removeRunFiles(
  { db, storage }: Pick<Services, 'db' | 'storage'>,
  run: Pick<Run, 'id' | 'sampleId'>,
): Promise<void> {
  const all = runFilesOf(run)
  for await (const { key } of storage.list(all)) {
    if (!LOG.test(key.slice(all.length))) await storage.remove(key)
  }
  await updateTidied(db, run.id)
}

/** Remove what the other attempts of a run that succeeded had stored. Earlier releases stored without such folders; those files stay. */
async function removeLostAttempts(
  { db, storage }: Pick<Services, 'db' | 'storage'>,
  run: RunIds & { attempts: number },
): Promise<void> {
  const [all, published] = [runFilesOf(run), attemptFilesOf(run, run.attempts)]
  for await (const { key } of storage.list(all)) {
    if (/^\d+\//.test(key.slice(all.length)) && !key.startsWith(published)) await storage.remove(key)
  }
  await updateTidied(db, run.id)
}

/** Remove all that a run had stored whose files a later one has replaced. */
async function removeSuperseded(
  { db, storage }: Pick<Services, 'db' | 'storage'>,
  run: RunIds,
): Promise<void> {
  await storage.remove(runFilesOf(run))
  await updateTidied(db, run.id)
}

/**
 * All of these, for every run whose worker did not come to it; for a while at most. A run whose files cannot be removed
 * holds up no other; rejects with the first such failure in the end. Part of the sweeper.
 */
export async function sweepRunFiles(services: Services): Promise<void> {
  await tryEach(untidyRuns(services.db, workTime()), async (run) => {
    if (run.superseded) await removeSuperseded(services, run)
    else if (run.state === 'succeeded') await removeLostAttempts(services, run)
    else await removeRunFiles(services, run)
  })
}

/** Where a sweep of this process ran out of time: the next goes on there, so that what fails slowly at the front does not take the others' turn. */
const leftAt = new WeakMap<Database, { kind: (typeof UNTIDY)[number]; last: UntidyRun | undefined }>()

async function* untidyRuns(db: Database, isOver: () => boolean): AsyncGenerator<UntidyRun> {
  const left = leftAt.get(db)
  leftAt.delete(db)
  for (const kind of UNTIDY.slice(left ? UNTIDY.indexOf(left.kind) : 0)) {
    let last = left?.kind === kind ? left.last : undefined
    let batch: UntidyRun[]
    do {
      batch = await selectUntidy(db, kind, { minutes: GRACE_MINUTES, after: last, limit: BATCH })
      for (const run of batch) {
        if (isOver()) return void leftAt.set(db, { kind, last })
        yield run
        last = run
      }
    } while (batch.length > 0)
  }
}
