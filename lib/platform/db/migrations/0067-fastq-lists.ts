import { sql } from 'kysely'
import { createIndexOnline, dropIndexOnline, type Migration } from '../migration.ts'

/** Lists of FASTQ files by each order that they offer, in all projects and in one, and by each filter. */
export const fastqLists: Migration = {
  online: true,
  async up(db) {
    for (const [name, definition] of INDEXES) await createIndexOnline(db, name, definition)
    // Without it, searches look at one file after another.
    const trigrams = await sql`select from pg_extension where extname = 'pg_trgm'`.execute(db)
    if (trigrams.rows.length > 0) await createIndexOnline(db, 'fastq_upload_search', SEARCH)
    await dropIndexOnline(db, 'fastq_upload_expiring')
  },
}

const PAIR = `where deleted_at is null and r_notation = 'R1'`

const INDEXES: readonly (readonly [name: string, definition: string])[] = [
  ...['created', 'modified', 'client_id'].flatMap((column) => [
    [`fastq_pair_by_${column}`, `on fastq_upload (${column}, id) ${PAIR}`] as const,
    [`fastq_pair_of_project_by_${column}`, `on fastq_upload (project_id, ${column}, id) ${PAIR}`] as const,
  ]),
  ['fastq_pair_unassigned', `on fastq_upload (id) ${PAIR} and sample_id is null`],
  ['fastq_pair_assigned', `on fastq_upload (id) ${PAIR} and sample_id is not null`],
  [
    'fastq_upload_by_expiry',
    `on fastq_upload (expires_at) where deleted_at is null and expires_at is not null`,
  ],
  // Nearly all are ready to be used.
  ['fastq_upload_by_status', `on fastq_upload (status) where deleted_at is null and status <> 'succeeded'`],
]

const SEARCH = `on fastq_upload using gin (destination_path gin_trgm_ops) where deleted_at is null`
