import { readFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import pg from 'pg'
import { pino } from 'pino'
import { expect } from 'vitest'
import { JOB_POLICIES } from '#lib/jobs.ts'
import { migrate } from '#lib/platform/db/migrate.ts'
import { connectAsSuperuser } from '#lib/platform/embedded-postgres/connect-or-launch.ts'
import { prepareLocation } from '#lib/platform/embedded-postgres/location.ts'
import { PgBossQueue } from '#lib/platform/queue/pg-boss-queue.ts'
import type { JobPayloads } from '#lib/services.ts'
import { receiveUpload } from '#lib/sessions/upload/receive-upload.ts'
import { verifyUpload } from '#lib/sessions/upload/verify-upload.ts'
import { sweep } from '#lib/sweep.ts'
import { testServices } from '#lib/testing/test-services.ts'

const log = pino({ level: 'silent' })
const SCRIPT = readFileSync(path.join(import.meta.dirname, 'postgres/roles.sql'), 'utf8')

/** Runs roles.sql in a new database, as a superuser does. Returns where each of the two roles connects. */
export async function makeRoles(location: { dir: string; log: () => void }, url: string) {
  const { client: known } = await connectAsSuperuser(prepareLocation(location.dir, location.log))
  await known.query(`create database intake encoding 'UTF8' template template0`)
  const { host, port, user, password } = known
  await known.end()
  const client = new pg.Client({ host, port, user: user!, password: password!, database: 'intake' })
  await client.connect()
  await client.query(SCRIPT.replaceAll(/'CHANGE THIS[^']*'/g, `'secret'`))
  await client.end()
  const as = (role: string) =>
    Object.assign(new URL(url), { username: role, password: 'secret', pathname: '/intake' }).href
  return { owner: as('arraydrop_owner'), app: as('arraydrop_app') }
}

/** What `admin migrate` does, and every start as a role that may. */
export async function upgrade(url: string): Promise<void> {
  await migrate({ url, log })
  const queue = new PgBossQueue<JobPayloads>({ url, log, supervise: false })
  await queue.start(JOB_POLICIES)
  await queue.stop()
}

/** Takes an upload to its run and sweeps as the role of the service, which then can change nothing but rows. */
export async function workAs(url: string): Promise<void> {
  const t = await testServices({}, { url, drop: async () => {} })
  try {
    const link = await t.anOpenLink()
    const uploadId = await t.anUpload(link)
    await receiveUpload(t.services, uploadId)
    await verifyUpload(t.services, { uploadId })
    expect(await t.runOf(link.sampleId)).toBeTruthy()
    await sweep(t.services)
    for (const statement of [
      'create table more ()',
      'create schema more',
      'create temporary table more ()',
      'drop table sample cascade',
      'alter table sample add column more text',
      'truncate sample',
      'alter table queue.job add column more text',
      `create or replace function app_now() returns timestamptz language sql return '-infinity'`,
      'create role more',
    ]) {
      await expect(sql.raw(statement).execute(t.services.db), statement).rejects.toThrow(
        /permission denied|must be owner/,
      )
    }
  } finally {
    await t.stop()
  }
}
