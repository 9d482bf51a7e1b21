import type { Database } from '#lib/services.ts'

/** What `read` asks, it asks of the database as it is at one moment, and changes nothing. */
export const readAtOnce = <Read>(db: Database, read: (db: Database) => Promise<Read>): Promise<Read> =>
  db.isTransaction
    ? read(db)
    : db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(read)
