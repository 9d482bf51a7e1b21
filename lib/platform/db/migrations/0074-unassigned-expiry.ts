import { createIndexOnline, type Migration } from '../migration.ts'

/** FASTQ files whose URLs end soon and that no sample has: of all whose URLs have ended, these are few. */
export const unassignedExpiry: Migration = {
  online: true,
  async up(db) {
    await createIndexOnline(db, 'fastq_unassigned_by_expiry', DEFINITION)
  },
}

const DEFINITION = `on fastq_upload (expires_at)
  where deleted_at is null and sample_id is null and expires_at is not null`
