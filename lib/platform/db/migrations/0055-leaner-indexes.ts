import { createIndexOnline, dropIndexOnline, type Migration } from '../migration.ts'

/**
 * The same questions by smaller indexes. Ages without ids: files of one run have one time, and one entry. What comes in
 * order of time in ascending order: appended at the end of its group it leaves full pages behind, and is read backwards as
 * fast.
 */
export const leanerIndexes: Migration = {
  online: true,
  async up(db) {
    for (const [name, definition] of INDEXES) await createIndexOnline(db, name, definition)
    for (const [name, definition] of KEYS) await createIndexOnline(db, name, definition, 'unique')
    for (const name of REPLACED) await dropIndexOnline(db, name)
  },
}

const INDEXES: readonly (readonly [name: string, definition: string])[] = [
  [
    'deliverable_made_at',
    `on deliverable_file (project_id, created) where file_type not in ('array-zip', 'fastq-r1', 'fastq-r2')`,
  ],
  [
    'upload_received_at',
    `on upload (project_id, received_at) where state = 'accepted' and erased_at is null`,
  ],
  // Every order that lists of projects and keys offer.
  ...['created', 'modified', 'name', 'pipeline_capabilities'].map(
    (column) => [`project_by_${column}`, `on project (${column}, id)`] as const,
  ),
  ['api_key_by_created', `on api_key (created, id) where revoked_at is null`],
  ['sample_by_created_at', `on sample (project_id, created, id)`],
  ['sample_by_created_at_of_all', `on sample (created, id)`],
  ['audit_entry_of_project', `on audit_entry (project_id, seq)`],
  ['audit_entry_of_action', `on audit_entry (action, seq)`],
  ['audit_entry_of_actor', `on audit_entry (actor_id, seq) where actor_id is not null`],
]

/** Primary keys to be, in place of a key and an index each. */
const KEYS = [
  ['sample_status_line', `on sample_status (sample_id, created, id)`],
  ['session_event_line', `on session_event (sample_id, created, id)`],
] as const

const REPLACED = [
  'deliverable_by_age',
  'upload_by_age',
  'sample_by_created',
  'sample_by_created_of_all',
  'audit_entry_by_project',
  'audit_entry_by_action',
  'audit_entry_by_actor',
  // Searches read `sample_search`.
  'sample_metadata',
]
