import { createIndexOnline, type Migration } from '../migration.ts'

/** The order by client id over all projects, as the other orders have it. */
export const samplesByClientId: Migration = {
  online: true,
  up: (db) => createIndexOnline(db, 'sample_by_client_id_of_all', 'on sample (client_id, id)'),
}
