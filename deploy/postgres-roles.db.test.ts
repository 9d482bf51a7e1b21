import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { checkServer } from '#lib/platform/db/check-server.ts'
import { migrate } from '#lib/platform/db/migrate.ts'
import type { Migration } from '#lib/platform/db/migration.ts'
import { startEmbeddedPostgres } from '#lib/platform/embedded-postgres/start-embedded-postgres.ts'
import { makeRoles, upgrade, workAs } from './roles-for-tests.ts'

const log = pino({ level: 'silent' })

test('roles.sql: the owner upgrades; the role of the service works with rows, and can change nothing else', async () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'arraydrop-roles-'))
  chmodSync(directory, 0o755) // as root, the server runs as another user
  const location = { dir: path.join(directory, 'postgres'), log: () => {} }
  const server = await startEmbeddedPostgres(location)
  try {
    const { owner, app } = await makeRoles(location, server.url)
    await expect(checkServer({ url: app, log, waitMs: 0 })).rejects.toThrow('may not create')
    await expect(checkServer({ url: owner, log, waitMs: 0 })).resolves.toBeUndefined()
    await upgrade(owner)
    await expect(checkServer({ url: app, log, waitMs: 0 })).resolves.toBeUndefined()
    await expect(migrate({ url: app, log })).resolves.toBeUndefined()
    await expect(migrate({ url: app, log }, { migrations: NEXT_RELEASE })).rejects.toThrow(
      'arraydrop admin migrate',
    )
    await workAs(app)
  } finally {
    await server.stop()
    rmSync(directory, { recursive: true, force: true })
  }
})

const NEXT_RELEASE: Record<string, Migration> = {
  '9999-next': { up: async (db) => void (await sql`create table next ()`.execute(db)) },
}
