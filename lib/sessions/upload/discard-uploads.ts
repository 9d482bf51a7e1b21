import { tryEach } from '#lib/platform/try-each.ts'
import { workTime } from '#lib/platform/work-off.ts'
import type { Services } from '#lib/services.ts'
import { selectLeftOver, selectUploads, updateDiscarded } from './uploads-table.ts'

const BATCH = 500

/** Give up unfinished uploads: first the rows, then the bytes. One that is being checked already is left alone. */
export async function discardUploads({ db, parts }: Services, ids: string[]): Promise<void> {
  const discarded = await updateDiscarded(db, { ids, from: ['receiving'] })
  await tryEach(discarded, (id) => parts.withPartLock(id, () => parts.remove(id)))
}

/** Give up all unfinished uploads of a sample. */
export async function discardUploadsOf(services: Services, sampleId: string): Promise<void> {
  const unfinished = await selectUploads(services.db, sampleId, ['receiving'])
  await discardUploads(
    services,
    unfinished.map((upload) => upload.id),
  )
}

/**
 * Give up unfinished uploads of sessions that have ended for any reason. For a while at most: the next sweep continues.
 * Part of the sweeper.
 */
export async function discardLeftOver(services: Services): Promise<void> {
  const isOver = workTime()
  await tryEach(await selectLeftOver(services.db, BATCH), async (id) => {
    if (!isOver()) await discardUploads(services, [id])
  })
}
