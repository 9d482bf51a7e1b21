import { tryEach } from '#lib/platform/try-each.ts'
import type { Services } from '#lib/services.ts'
import { deleteSketchesOf, selectProjectsGivenUp } from './sketches-table.ts'

const BATCH = 500
/** A great many take so long from one sweep; the next one continues. */
const WORK_MS = 60_000

/**
 * Delete the sketches of projects that no longer look for the same person; nothing has read them since. Safe after a crash
 * at any point. Part of the sweeper.
 */
export async function deleteGivenUpSketches({ db }: Pick<Services, 'db'>): Promise<void> {
  const end = performance.now() + WORK_MS
  await tryEach(await selectProjectsGivenUp(db), async (project) => {
    while (performance.now() < end && (await deleteSketchesOf(db, project, BATCH)));
  })
}
