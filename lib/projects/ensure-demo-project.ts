import type { Services } from '#lib/services.ts'
import { createProject } from './create-project.ts'
import type { Project } from './project.ts'
import { countProjects, selectProjectByName } from './projects-table.ts'

/** The project `demo` of a new installation. Made only while there is no project at all, under one lock. */
export function ensureDemoProject({ db }: Pick<Services, 'db'>): Promise<Project> {
  return db.transaction().execute(async (tx) => {
    if ((await countProjects(tx)) === 0) return createProject({ db: tx }, { name: 'demo' })
    return (await selectProjectByName(tx, 'demo')) as Project
  })
}
