import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { pino } from 'pino'
import { inject } from 'vitest'
import type { JOB_POLICIES } from '#lib/jobs.ts'
import { migrate } from '#lib/platform/db/migrate.ts'
import { PgBossQueue } from '#lib/platform/queue/pg-boss-queue.ts'
import type { JobPayloads } from '#lib/services.ts'
import { dropDatabase } from './drop-database.ts'

/** Advisory lock of the maintenance database: one test file makes the template, the others wait for it. */
const MAKING_TEMPLATE = 48_613

export interface TestDatabase {
  url: string
  /** Ends the connections that are still open. */
  drop(): Promise<void>
}

/**
 * A fresh database with today's schema and nothing in it, for one test file. Copied from a template in about 30 ms. The
 * queues of the service are in it where they are named: to make them takes several times as long.
 */
export async function createTestDatabase(queues?: typeof JOB_POLICIES): Promise<TestDatabase> {
  const prefix = inject('databasePrefix')
  const template = `${prefix}_template${queues ? '_queues' : ''}`
  const name = `${prefix}_${randomBytes(6).toString('hex')}`
  await onServer(async (client) => {
    await client.query('select pg_advisory_lock($1)', [MAKING_TEMPLATE])
    const found = await client.query('select from pg_database where datname = $1', [template])
    if (found.rowCount === 0) await makeTemplate(client, template, queues)
    await client.query('select pg_advisory_unlock($1)', [MAKING_TEMPLATE])
    await client.query(`create database ${name} template ${template} ${await quickestCopy(client)}`)
  })
  return {
    url: urlOf(name),
    drop: () => onServer((client) => dropDatabase(client, name)),
  }
}

/** Files are copied for a fraction of the work, where the checkpoints that this takes wait for no disk. */
async function quickestCopy(client: pg.Client): Promise<string> {
  const { rows } = await client.query('show fsync')
  return rows[0].fsync === 'off' ? 'strategy file_copy' : ''
}

/** Migrated under another name and then renamed, so that an existing template is always complete. */
async function makeTemplate(
  client: pg.Client,
  template: string,
  queues: typeof JOB_POLICIES | undefined,
): Promise<void> {
  const draft = `${template}_draft`
  await dropDatabase(client, draft)
  await client.query(`create database ${draft}`)
  const log = pino({ level: 'silent' })
  await migrate({ url: urlOf(draft), log })
  if (queues) {
    const queue = new PgBossQueue<JobPayloads>({ url: urlOf(draft), log, supervise: false })
    await queue.start(queues)
    await queue.stop()
  }
  await client.query(`alter database ${draft} rename to ${template}`)
}

async function onServer(act: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: inject('postgresUrl') })
  await client.connect()
  try {
    await act(client)
  } finally {
    await client.end()
  }
}

function urlOf(database: string): string {
  const url = new URL(inject('postgresUrl'))
  url.pathname = `/${database}`
  return url.href
}
