import { workOffEach } from '#lib/platform/work-off.ts'
import type { Services } from '#lib/services.ts'
import { deleteSketchesOf, selectProjectsGivenUp } from './sketches-table.ts'

const BATCH = 500

/**
 * Delete the sketches of projects that no longer look for the same person; nothing has read them since. Safe after a crash
 * at any point. Part of the sweeper.
 */
export async function deleteGivenUpSketches({ db }: Pick<Services, 'db'>): Promise<void> {
  await workOffEach(await selectProjectsGivenUp(db), (project) => deleteSketchesOf(db, project, BATCH))
}
