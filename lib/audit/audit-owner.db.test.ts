import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import pg from 'pg'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { advanceTestClock, createClock } from '#lib/platform/clock.ts'
import { connect } from '#lib/platform/db/connect.ts'
import { migrate } from '#lib/platform/db/migrate.ts'
import { connectAsSuperuser } from '#lib/platform/embedded-postgres/connect-or-launch.ts'
import { prepareLocation } from '#lib/platform/embedded-postgres/location.ts'
import { startEmbeddedPostgres } from '#lib/platform/embedded-postgres/start-embedded-postgres.ts'
import { archiveAudit } from './archive/archive-audit.ts'
import { chainAudit } from './chain-audit.ts'
import { recordAudit } from './record-audit.ts'
import { verifyAudit } from './verify-audit.ts'

const log = pino({ level: 'silent' })
const operations = readFileSync(path.resolve(import.meta.dirname, '../../docs/operations.md'), 'utf8')
/** The statements of the guide, as an operator copies them. */
const [statements, givingBack] = operations.match(/(?<=```sql\n)-- Run as a superuser[^`]*/g)!

const directory = mkdtempSync(path.join(tmpdir(), 'arraydrop-audit-'))
const location = { dir: path.join(directory, 'postgres'), log: () => {} }
let server: Awaited<ReturnType<typeof startEmbeddedPostgres>>
beforeAll(async () => {
  chmodSync(directory, 0o755) // as root, the server runs as another user
  server = await startEmbeddedPostgres(location)
})
afterAll(async () => {
  await server.stop()
  rmSync(directory, { recursive: true, force: true })
})

test('The role of the service cannot rewrite a trail that belongs to another role, and goes on adding to it', async () => {
  const db = connect({ url: server.url, log })
  try {
    await migrate({ url: server.url, log })
    const record = async () => {
      await recordAudit(db, { by: { kind: 'system' }, action: 'user.create', projectId: null, targets: [] })
      await chainAudit({ db })
    }
    await record()
    const database = new URL(server.url).pathname.slice(1)
    await asSuperuser(database, statements!)
    // Also the months that are made from now on.
    await asSuperuser(database, `update clock set offset_seconds = ${await untilNextMonth(db)}`)
    await record()
    const { rows } = await sql<{ month: string }>`select inhrelid::regclass::text as month from pg_inherits
      where inhparent = 'audit_entry'::regclass order by 1`.execute(db)
    const months = rows.map(({ month }) => month)
    expect(months).toHaveLength(3)
    for (const statement of [
      `update audit_entry set action = 'x'`,
      'delete from audit_entry',
      'truncate audit_entry',
      'alter table audit_entry disable trigger all',
      'alter table audit_entry disable trigger audit_entry_append_only',
      'alter table audit_entry owner to arraydrop',
      'alter table audit_entry rename to other',
      'alter table audit_entry enable row level security',
      'create rule unseen as on insert to audit_entry do instead nothing',
      'create trigger later before insert on audit_entry for each row execute function audit_refuse()',
      'alter function audit_chain() owner to arraydrop',
      'truncate audit_head',
      `update audit_entry set at = now() where seq = 1 returning 1`,
      `set session_replication_role = replica`,
      'set role arraydrop_audit',
      'alter schema public owner to arraydrop',
      'create table public.clock_of_mine (now timestamptz)',
      'delete from clock',
      'drop table audit_entry cascade',
      'drop trigger audit_entry_chain on audit_entry',
      'update audit_head set seq = 0',
      `insert into audit_entry (actor_kind, action, targets) values ('system', 'x', '{}')`,
      `insert into audit_waiting (at, actor_kind, action, targets) values (now(), 'system', 'x', '{}')`,
      'delete from audit_waiting',
      'drop trigger audit_waiting_kept on audit_waiting',
      `create or replace function audit_keep() returns trigger language plpgsql as 'begin return null; end'`,
      `create or replace function audit_text(entry audit_entry) returns text language sql return ''`,
      `create or replace function app_now() returns timestamptz language sql stable return now()`,
      'create or replace function audit_refuse() returns trigger language plpgsql as $$ begin return null; end $$',
      'create or replace function audit_chain() returns trigger language plpgsql as $$ begin return new; end $$',
      'drop function audit_refuse() cascade',
      'insert into audit_archive select * from audit_archive',
      'truncate audit_archive',
      'drop table audit_archive',
      'select audit_turn_month()',
      ...months.flatMap((month) => [
        `update ${month} set action = 'x'`,
        `delete from ${month}`,
        `alter table ${month} disable trigger user`,
        `alter table audit_entry detach partition ${month}`,
        `drop table ${month}`,
        `select from ${month}`,
      ]),
      'drop schema public cascade',
    ]) {
      await expect(sql.raw(statement).execute(db), statement).rejects.toThrow(
        /permission denied|must be (owner|able to SET ROLE)/,
      )
    }
    // Even in the middle of chaining, as its own setting says.
    await sql`set arraydrop.chaining = 'on'`.execute(db)
    await expect(sql`delete from audit_waiting`.execute(db)).rejects.toThrow('permission denied')
    await migrate({ url: server.url, log })
    await record()
    const whole = await verifyAudit({ db })
    expect(whole).toMatchObject({ ok: true, entries: 3 })

    // A role may lead its own names elsewhere, and no connection of ours follows.
    await sql
      .raw(
        `create schema shadow;
         create table shadow.audit_entry as select * from public.audit_entry where seq < 3;
         create table shadow.audit_head as select * from public.audit_head;
         create table shadow.audit_waiting (like public.audit_waiting including all);
         alter role arraydrop set search_path = shadow, public`,
      )
      .execute(db)
    const later = connect({ url: server.url, log })
    try {
      expect(await verifyAudit({ db: later }, { head: whole.head })).toMatchObject({ ok: true, entries: 3 })
      await sql`set search_path = shadow, public`.execute(later)
      expect(await verifyAudit({ db: later }, { head: whole.head })).toMatchObject({ ok: true, entries: 3 })
    } finally {
      await later.destroy()
    }

    // Whoever belongs to both roles may archive, and the service may not.
    const folder = path.join(directory, 'archives')
    const before = months[1]!.slice(-7).replace('_', '-')
    await expect(archiveAudit({ db }, { before, folder })).rejects.toThrow('permission denied')
    await asSuperuser(
      database,
      `create role auditor login password 'auditor' in role arraydrop, arraydrop_audit`,
    )
    const auditorUrl = Object.assign(new URL(server.url), { username: 'auditor', password: 'auditor' }).href
    const auditor = connect({ url: auditorUrl, log })
    try {
      expect(await archiveAudit({ db: auditor }, { before, folder })).toMatchObject([{ entries: 1 }])
    } finally {
      await auditor.destroy()
    }
    await chainAudit({ db })
    const archiveAt = (file: string) => path.join(folder, file)
    expect(await verifyAudit({ db }, { head: whole.head, archiveAt })).toMatchObject({
      ok: true,
      archived: 1,
    })

    // For an upgrade that changes the trail the service's role gets all of it back, and gives it up again.
    await asSuperuser(database, givingBack!)
    const { rows: kept } =
      await sql`select from pg_class where relname ~ '^audit_' and relowner <> 'arraydrop'::regrole
      union all select from pg_proc where proname ~ '^audit_' and proowner <> 'arraydrop'::regrole`.execute(
        db,
      )
    expect(kept).toEqual([])
    await sql`alter table audit_archive alter column created set default app_now()`.execute(db)
    await asSuperuser(database, statements!)
    expect(await verifyAudit({ db }, { head: whole.head, archiveAt })).toMatchObject({
      ok: true,
      archived: 1,
    })

    // Against whoever may do everything, the chain remains.
    const change = (statement: string) =>
      asSuperuser(database, `set session_replication_role = replica; ${statement}`)
    await change(`update audit_entry set action = 'sample.delete' where seq = 2`)
    expect(await verifyAudit({ db })).toMatchObject({ ok: false, brokenAt: 2 })
    await change(`update audit_entry set action = 'user.create' where seq = 2`)
    expect(await verifyAudit({ db })).toMatchObject({ ok: true })
    await record()
    const { head } = await verifyAudit({ db })
    const cutAfter = (seq: number) =>
      change(
        `delete from audit_entry where seq > ${seq}; update audit_head set (seq, hash) = (select seq, hash from audit_entry where seq = ${seq})`,
      )
    await cutAfter(4)
    expect(await verifyAudit({ db })).toMatchObject({ ok: true })
    expect(await verifyAudit({ db }, { head })).toMatchObject({ ok: false, earlierHeadAt: null })
    // The fourth says that the first month was archived.
    await cutAfter(3)
    expect(await verifyAudit({ db })).toMatchObject({ ok: false, brokenAt: 1 })
  } finally {
    await db.destroy()
  }
})

test('Months begin also where the service may not create tables, and the role that owns the schema archives them', async () => {
  const roles = readFileSync(path.resolve(import.meta.dirname, '../../deploy/postgres/roles.sql'), 'utf8')
  await asSuperuser('postgres', `create database two_roles encoding 'UTF8' template template0`)
  await asSuperuser('two_roles', roles.replaceAll(/'CHANGE THIS[^']*'/g, `'secret'`))
  const urlOf = (username: string) =>
    Object.assign(new URL(server.url), { username, password: 'secret', pathname: '/two_roles' }).href
  await migrate({ url: urlOf('arraydrop_owner'), log })
  const [owner, app] = ['arraydrop_owner', 'arraydrop_app'].map((role) => connect({ url: urlOf(role), log }))
  try {
    await expect(sql`create table other (id int)`.execute(app!)).rejects.toThrow('permission denied')
    for (let month = 0; month < 3; month++) {
      await advanceTestClock(app!, month && (await untilNextMonth(app!)))
      await recordAudit(app!, { by: { kind: 'system' }, action: 'user.create', projectId: null, targets: [] })
      await chainAudit({ db: app! })
    }
    expect(await verifyAudit({ db: app! })).toMatchObject({ ok: true, entries: 3 })
    for (const month of ['1999-12-01', '2999-01-01']) {
      await expect(sql`select audit_open_month(${month}::date)`.execute(app!)).rejects.toThrow('No month but')
    }
    // One row would make the trail broken.
    await expect(sql`insert into audit_archive select * from audit_archive`.execute(app!)).rejects.toThrow(
      'permission denied',
    )
    const before = (await createClock(app!).now()).toISOString().slice(0, 7)
    const folder = path.join(directory, 'of-two-roles')
    await expect(archiveAudit({ db: app! }, { before, folder })).rejects.toThrow('permission denied')
    expect(await archiveAudit({ db: owner! }, { before, folder })).toHaveLength(2)
    expect(await verifyAudit({ db: app! })).toMatchObject({ ok: true, archived: 2 })
  } finally {
    await owner!.destroy()
    await app!.destroy()
  }
})

/** Seconds until the tenth of the next month. */
async function untilNextMonth(db: Parameters<typeof createClock>[0]): Promise<number> {
  const now = await createClock(db).now()
  return (Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 10) - now.getTime()) / 1_000
}

async function asSuperuser(database: string, text: string): Promise<void> {
  const { client: known } = await connectAsSuperuser(prepareLocation(location.dir, location.log))
  const { host, port, user, password } = known
  await known.end()
  const client = new pg.Client({ host, port, user: user!, password: password!, database })
  await client.connect()
  await client.query(text)
  await client.end()
}
