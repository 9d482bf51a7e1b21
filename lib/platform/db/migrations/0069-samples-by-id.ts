import { createIndexOnline, type Migration } from '../migration.ts'

/** The order by id within a project, as the other orders have it. */
export const samplesById: Migration = {
  online: true,
  up: (db) => createIndexOnline(db, 'sample_of_project_by_id', 'on sample (project_id, id)'),
}
