import { createIndexOnline, dropIndexOnline, fillOnline, type Migration } from '../migration.ts'

/** Logs that retention is to give up by project and age, and the order in which stored objects are removed. */
export const workOffByIndex: Migration = {
  online: true,
  async up(db) {
    await fillOnline(db, 'run', {
      set: 'set for_project = sample.project_id from sample where sample.id = run.sample_id',
      unset: `run.for_project is null and ${WITH_LOG}`,
    })
    await createIndexOnline(db, 'run_log_kept', `on run (for_project, ended_at) where ${WITH_LOG}`)
    await dropIndexOnline(db, 'run_with_log')
    await createIndexOnline(db, 'file_erasure_due', 'on file_erasure (due_at, storage_key)')
  },
}

const WITH_LOG = `state in ('failed', 'canceled') and attempts > 0 and not log_removed`
