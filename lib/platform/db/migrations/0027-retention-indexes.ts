import { createIndexOnline, dropIndexOnline, fillOnline, type Migration } from '../migration.ts'

/** The project of files that were there before, and indexes by project and age. */
export const retentionIndexes: Migration = {
  online: true,
  async up(db) {
    for (const table of ['upload', 'deliverable']) {
      await fillOnline(db, table, {
        set: `set project_id = sample.project_id from sample where sample.id = ${table}.sample_id`,
        unset: `${table}.project_id is null`,
      })
    }
    for (const [name, definition] of INDEXES) await createIndexOnline(db, name, definition)
    // In their place are those above.
    await dropIndexOnline(db, 'upload_to_retain')
    await dropIndexOnline(db, 'deliverable_by_created')
  },
}

const INDEXES = [
  ['upload_by_age', `on upload (project_id, received_at, id) where state = 'accepted' and erased_at is null`],
  [
    'deliverable_by_age',
    `on deliverable (project_id, created, id) where file_type not in ('array-zip', 'fastq-r1', 'fastq-r2')`,
  ],
  // Fetched reads are kept as long as originals.
  ['reads_by_age', `on deliverable (project_id, created, id) where file_type in ('fastq-r1', 'fastq-r2')`],
] as const
