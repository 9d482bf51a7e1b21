import path from 'node:path'
import pg from 'pg'
import { startEmbeddedPostgres } from '#lib/platform/embedded-postgres/start-embedded-postgres.ts'

/** A connection to the database of a running service, for rows that nobody would wait for the API to make. */
export async function openDatabase(
  dataDir: string,
): Promise<{ client: pg.Client; url: string; close(): Promise<void> }> {
  const database = await startEmbeddedPostgres({ dir: path.join(dataDir, 'postgres'), log: () => {} })
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  return {
    client,
    url: database.url,
    async close() {
      await client.end()
      await database.stop()
    },
  }
}
