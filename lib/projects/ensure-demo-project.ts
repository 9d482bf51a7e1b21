import type { Services } from '#lib/services.ts'
import { createProject } from './create-project.ts'
import type { Project } from './project.ts'
import { lockProjects, selectArrayDefault, selectProjectByName } from './projects-table.ts'

/**
 * The project to try things with. A new installation gets one called `demo`, made once under a lock; where an operator
 * made others instead, it is the default for array data, and `demo` only where there is no default.
 */
export function ensureDemoProject({ db }: Pick<Services, 'db'>): Promise<Project> {
  return db.transaction().execute(async (tx) => {
    await lockProjects(tx)
    return (
      (await selectProjectByName(tx, 'demo')) ??
      (await selectArrayDefault(tx)) ??
      (await createProject({ db: tx }, { name: 'demo' }))
    )
  })
}
