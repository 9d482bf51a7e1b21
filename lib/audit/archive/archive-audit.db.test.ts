import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { copyFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { connect } from '#lib/platform/db/connect.ts'
import { slowPlansOf } from '#lib/testing/statement-plans.ts'
import { type TestServices, testServices } from '#lib/testing/test-services.ts'
import { chainAudit } from '../chain-audit.ts'
import { listAudit, listWholeAudit } from '../list-audit.ts'
import { recordAudit, recordAuditOnce } from '../record-audit.ts'
import { verifyAudit } from '../verify-audit.ts'
import { AuditFilter, WholeAuditFilter } from '../wire.ts'
import { type ArchiveStep, archiveAudit } from './archive-audit.ts'
import { followArchive } from './follow-archive.ts'

let t: TestServices
let folder: string
async function begin(): Promise<void> {
  t = await testServices()
  folder = await mkdtemp(path.join(tmpdir(), 'arraydrop-archive-'))
}
async function end(): Promise<void> {
  await t.stop()
  await rm(folder, { recursive: true })
}

const record = (targets: string[] = [crypto.randomUUID()]) =>
  recordAudit(t.services.db, {
    by: { kind: 'system', requestId: 'request "é"', address: '2001:db8::1' },
    action: 'sample.delete',
    projectId: null,
    targets,
  })

/** Time passes until the tenth of the next month, or of one after it. */
async function nextMonth(later = 1): Promise<void> {
  const now = await t.services.clock.now()
  const then = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + later, 10)
  await t.advance((then - now.getTime()) / 1_000)
}

/** So many entries in each of so many months, the last of which is the present one. */
async function months(count: number, entries = 3): Promise<void> {
  for (let n = 0; n < count; n++) {
    if (n > 0) await nextMonth()
    for (let more = entries; more > 0; more--) await record()
    await chainAudit(t.services)
  }
}

/** Such as `2026-10`: that of the database's clock, and those after it. */
async function monthNow(offset = 0): Promise<string> {
  const now = await t.services.clock.now()
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + offset)).toISOString().slice(0, 7)
}

/** The partitions with the number of entries in each. */
async function partitions(): Promise<Record<string, number>> {
  const { rows } = await sql<{ name: string }>`
    select inhrelid::regclass::text as name from pg_inherits where inhparent = 'audit_entry'::regclass
     order by 1`.execute(t.services.db)
  const counted = rows.map(async ({ name }) => {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(name)}`.execute(
      t.services.db,
    )
    return [name.replace('audit_entry_', '').replace('_', '-'), rows[0]!.n]
  })
  return Object.fromEntries(await Promise.all(counted))
}

const archiveAt = (file: string) => path.join(folder, file)
const archive = async (before?: string) =>
  archiveAudit(t.services, { before: before ?? (await monthNow()), folder })
const verify = async (how: Parameters<typeof verifyAudit>[1] = {}) => {
  await chainAudit(t.services)
  return verifyAudit(t.services, how)
}

/** What somebody with the rights of the database's owner may do. */
async function tamper(statement: string): Promise<void> {
  const { rows } = await sql<{ name: string }>`select tgrelid::regclass::text as name from pg_trigger
    where tgfoid = 'audit_refuse'::regproc`.execute(t.services.db)
  for (const verb of ['disable', 'enable']) {
    if (verb === 'enable') await sql.raw(statement).execute(t.services.db)
    for (const { name } of rows)
      await sql.raw(`alter table ${name} ${verb} trigger user`).execute(t.services.db)
  }
}

describe('the months of the trail', () => {
  beforeEach(begin)
  afterEach(end)

  test('each have a partition before there is an entry for it, and none takes what belongs to no month', async () => {
    const first = await monthNow()
    await months(2, 2)
    const [second, third] = [await monthNow(), await monthNow(1)]
    expect(await partitions()).toEqual({ [first]: 2, [second]: 2, [third]: 0 })
    const { rows } = await sql<{ bounds: string }>`
      select pg_get_expr(relpartbound, pg_class.oid) as bounds from pg_class join pg_inherits on inhrelid = pg_class.oid
       where inhparent = 'audit_entry'::regclass`.execute(t.services.db)
    expect(rows.map(({ bounds }) => bounds).join()).not.toContain('DEFAULT')
  })

  test('take every entry, however long nobody chained or recorded anything', async () => {
    await record()
    await nextMonth(5)
    await record()
    await chainAudit(t.services)
    await nextMonth(5)
    await record()
    expect(await verify()).toMatchObject({ ok: true, entries: 3 })
    expect(Object.values(await partitions()).filter((entries) => entries > 0)).toEqual([2, 1])
  })

  test('take what replicas of the release before add as well, across the turn of a month', async () => {
    const insert = sql`insert into audit_entry (actor_kind, action, targets) values ('system', 'x', '{}'), ('system', 'y', '{}')`
    await insert.execute(t.services.db)
    await nextMonth()
    await insert.execute(t.services.db)
    await record()
    expect(await verify()).toMatchObject({ ok: true, entries: 5 })
    expect(Object.values(await partitions())).toEqual([2, 3, 0])
  })

  test('are one chain whose every place is given once, while processes chain at its turn', async () => {
    const others = [1, 2].map(() => connect({ url: t.databaseUrl, log: pino({ level: 'silent' }) }))
    const writing = async (db: TestServices['services']['db']) => {
      for (let n = 0; n < 20; n++) {
        await recordAudit(db, { by: { kind: 'system' }, action: 'user.create', projectId: null, targets: [] })
        await chainAudit({ db })
      }
    }
    await Promise.all([...others.map(writing), nextMonth(), ...others.map(writing)])
    await Promise.all(others.map((db) => db.destroy()))
    expect(await verify()).toMatchObject({ ok: true, entries: 80, waiting: 0 })
    const { rows } = await sql<{ places: number; order: boolean }>`
      select count(distinct seq)::int as places, bool_and(month >= before) as order
        from (select seq, month, lag(month, 1, month) over (order by seq) as before from audit_entry) chained`.execute(
      t.services.db,
    )
    expect(rows).toEqual([{ places: 80, order: true }])
  })

  test('stay one after the other when the clock goes back', async () => {
    await months(2)
    await t.services.db.updateTable('clock').set({ offset_seconds: 0 }).execute()
    await record()
    expect(await verify()).toMatchObject({ ok: true, entries: 7 })
    expect(Object.values(await partitions())).toEqual([3, 4, 0])
  })

  test('are only ever added to, each by itself as well', async () => {
    await months(2)
    for (const month of Object.keys(await partitions())) {
      const table = sql.table(`audit_entry_${month.replace('-', '_')}`)
      for (const statement of [
        sql`update ${table} set action = 'x'`,
        sql`delete from ${table}`,
        sql`truncate ${table}`,
      ])
        await expect(statement.execute(t.services.db)).rejects.toThrow('only ever added to')
    }
  })

  test('are listed and filtered by index, and only those that can have an answer are looked into', async () => {
    const { project } = await t.aPartner()
    const { caller: owner } = await t.aKey({ role: 'owner' })
    await months(4)
    const page = { limit: 25, offset: 0 }
    const ask = (query: Record<string, string>) => async () => {
      await listAudit(t.services, project.id, AuditFilter.parse(query), page)
      const whole = await listWholeAudit(t.services, owner, WholeAuditFilter.parse(query), {
        limit: 2,
        offset: 0,
      })
      const after = { sort: 'seq desc', value: String(whole.rows.at(-1)?.seq ?? 1), id: crypto.randomUUID() }
      await listWholeAudit(t.services, owner, WholeAuditFilter.parse(query), { ...page, after } as never)
    }
    const now = (await t.services.clock.now()).toISOString()
    for (const query of [
      {},
      { action: 'sample.delete' },
      { target: crypto.randomUUID() },
      { actor: crypto.randomUUID() },
      { since: now },
      { until: now },
      { action: 'sample.delete', since: now, until: now },
    ] as Record<string, string>[]) {
      expect(await slowPlansOf(t.databaseUrl, ask(query)), JSON.stringify(query)).toEqual([])
    }
    // What is asked with every download looks into the last two months, and that which is to come.
    const once = () =>
      recordAuditOnce(
        t.services.db,
        { by: { kind: 'system' }, action: 'file.link', projectId: null, targets: [crypto.randomUUID()] },
        { seconds: 60 },
      )
    expect(await slowPlansOf(t.databaseUrl, once)).toEqual([])
    const { rows } = await sql<{ 'QUERY PLAN': string }>`explain select 1 from audit_entry
      where month >= date_trunc('month', ${new Date(now)}::timestamptz at time zone 'UTC' - interval '1 day')::date`.execute(
      t.services.db,
    )
    const read = rows
      .map((row) => row['QUERY PLAN'])
      .join('\n')
      .match(/audit_entry_\d{4}_\d\d/g)
    expect(new Set(read).size).toBeLessThanOrEqual(3)
  })
})

describe('an archive', () => {
  beforeEach(begin)
  afterEach(end)

  test('takes whole months out of the database, and what stays is still proved, with the files or without', async () => {
    const [first, second] = [await monthNow(), await monthNow(1)]
    await months(3)
    const whole = await verify()
    const archived = await archive()
    expect(archived.map(({ month, entries, file }) => [month, entries, file])).toEqual([
      [first, 3, `audit-${first}.jsonl.gz`],
      [second, 3, `audit-${second}.jsonl.gz`],
    ])
    expect(Object.keys(await partitions())).toEqual([await monthNow(), await monthNow(1)])
    expect((await stat(archiveAt(archived[0]!.file!))).mode & 0o777).toBe(0o600)
    expect(await readdir(folder)).toHaveLength(2)
    // The head of before is still part of it, and the archiving is in the trail.
    expect(await verify({ head: whole.head })).toMatchObject({
      ok: true,
      entries: 5,
      archived: 6,
      provedFrom: 7,
    })
    expect(await verify({ archiveAt })).toMatchObject({
      ok: true,
      entries: 11,
      archived: 6,
      provedFrom: 1,
      archiveFault: null,
    })
    const { rows } = await t.services.db
      .selectFrom('audit_entry')
      .select(['action', 'request_id'])
      .orderBy('seq')
      .execute()
      .then((rows) => ({ rows: rows.slice(3) }))
    expect(rows).toEqual([
      { action: 'audit.archive', request_id: `${first} 1-3 ${archived[0]!.sha256}` },
      { action: 'audit.archive', request_id: `${second} 4-6 ${archived[1]!.sha256}` },
    ])
    // A head from inside an archive is found only in its file.
    const { rows: heads } = {
      rows: gunzipSync(await readFile(archiveAt(archived[0]!.file!)))
        .toString()
        .split('\n'),
    }
    const inside = JSON.parse(heads[1]!).hash
    expect(await verify({ head: inside })).toMatchObject({ ok: false, earlierHeadAt: null })
    expect(await verify({ head: inside, archiveAt })).toMatchObject({ ok: true, earlierHeadAt: 1 })
    expect(await archive()).toEqual([])
    // So its owner cannot lay a new trail behind a head that was logged by naming that in a note alone.
    await tamper(`update audit_archive set hash = decode('${inside}', 'hex') where first = 1`)
    expect(await verify({ head: inside })).toMatchObject({ ok: false, earlierHeadAt: null })
    expect(await verify({ head: inside, archiveAt })).toMatchObject({ ok: false })
  })

  test('begins and ends with its places in the chain, a line for each entry between them', async () => {
    await months(2)
    const [{ file, month, sha256 } = {}] = await archive()
    const packed = await readFile(archiveAt(file!))
    const lines = gunzipSync(packed)
      .toString()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    const last = lines.at(-2)
    const id = expect.stringMatching(/^[0-9a-f-]{36}$/)
    const hash = expect.stringMatching(/^[0-9a-f]{64}$/)
    expect(lines[0]).toEqual({
      format: 'arraydrop audit archive 1',
      installation: id,
      month,
      after: { seq: 0, hash },
    })
    expect(last).toEqual({
      id: 3,
      created: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
      actor_kind: 'system',
      actor_id: null,
      action: 'sample.delete',
      project: null,
      targets: [id],
      request_id: 'request "é"',
      address: '2001:db8::1',
      hash,
    })
    expect(lines.at(-1)).toEqual({ end: { seq: 3, hash: last.hash } })
    const { format: _, ...said } = lines[0]
    expect(await followArchive(archiveAt(file!), said)).toMatchObject({ fault: null, sha256 })
    expect(await followArchive(archiveAt(file!), { ...said, month: '1999-12' })).toMatchObject({
      fault: 'it is the archive of another month than 1999-12',
    })
    expect(await followArchive(archiveAt(file!), { ...said, installation: id })).toMatchObject({
      fault: 'it belongs to another installation',
    })
  })

  test('holds no month that is not over, and none before the turn of the month is noted', async () => {
    await months(1)
    await expect(archive(await monthNow(1))).rejects.toThrow('Only months that are over')
    expect(await archive()).toEqual([])
    await nextMonth()
    // Nothing was recorded since.
    expect(await archive()).toMatchObject([{ entries: 3 }])
    await record()
    expect(await verify({ archiveAt })).toMatchObject({ ok: true, entries: 5, archived: 3 })
  })

  test('is made of a month without entries by leaving it out', async () => {
    await months(1)
    await nextMonth()
    await chainAudit(t.services)
    await nextMonth()
    await record()
    await chainAudit(t.services)
    expect(await archive()).toMatchObject([{ entries: 3 }, { entries: 0, file: null }])
    expect(await verify({ archiveAt })).toMatchObject({ ok: true, entries: 5 })
  })

  test.each<ArchiveStep>(['written', 'read back', 'named', 'removed'])(
    'that is killed once a month is %s leaves it in the database or in a whole file, and goes on from there',
    async (step) => {
      await months(3)
      const before = await monthNow()
      const [, signal] = await killedAt(step, before)
      expect(signal).toBe('SIGKILL')
      const month = await monthNow(-2)
      const inDatabase = (await partitions())[month]
      const file = archiveAt(`audit-${month}.jsonl.gz`)
      if (step === 'removed') expect(inDatabase).toBeUndefined()
      else expect(inDatabase).toBe(3)
      expect(existsSync(file)).toBe(step === 'named' || step === 'removed')
      expect(await verify()).toMatchObject({ ok: true })
      expect(await archive()).toHaveLength(step === 'removed' ? 1 : 2)
      expect(await readdir(folder)).toHaveLength(2)
      expect(await verify({ archiveAt })).toMatchObject({ ok: true, entries: 11, archived: 6 })
    },
  )

  /** Another process that archives, and kills itself at this step of the first month. */
  async function killedAt(step: ArchiveStep, before: string): Promise<unknown[]> {
    const program = `
      import { archiveAudit } from ${JSON.stringify(path.join(import.meta.dirname, 'archive-audit.ts'))}
      import { connect } from ${JSON.stringify(path.resolve(import.meta.dirname, '../../platform/db/connect.ts'))}
      const [url, folder, before, step] = process.argv.slice(1)
      const db = connect({ url, log: { warn() {} } })
      const onStep = (_month, reached) => void (reached === step && process.kill(process.pid, 'SIGKILL'))
      await archiveAudit({ db }, { before, folder, onStep })`
    const args = ['--input-type=module', '-e', program, t.databaseUrl, folder, before, step]
    return once(spawn(process.execPath, args, { stdio: 'inherit' }), 'exit')
  }

  test('waits until the trail is free, and lets readers pass meanwhile', async () => {
    await months(2)
    let archiving: Promise<unknown> | undefined
    await t.services.db.transaction().execute(async (reading) => {
      await reading.selectFrom('audit_entry').select('seq').execute()
      archiving = archive()
      const waits = async () => {
        const { rows } =
          await sql`select from pg_locks where not granted and relation = 'audit_entry'::regclass`.execute(
            t.services.db,
          )
        return rows.length
      }
      await expect.poll(waits, { timeout: 20_000, interval: 20 }).toBe(1)
      // It gives up by itself.
      await expect.poll(waits, { timeout: 20_000, interval: 20 }).toBe(0)
      await t.services.db.selectFrom('audit_entry').select('seq').execute()
    })
    expect(await archiving).toHaveLength(1)
    expect(await verify({ archiveAt })).toMatchObject({ ok: true })
  })

  test('is made by one process at a time', async () => {
    await months(3)
    const before = await monthNow()
    const refused: unknown[] = []
    const onStep = async () => {
      if (refused.length > 0) return
      refused.push(await archiveAudit(t.services, { before, folder }).catch((error) => error.message))
    }
    expect(await archiveAudit(t.services, { before, folder, onStep })).toHaveLength(2)
    expect(refused).toEqual(['The trail is being archived by another process.'])
    expect(await verify({ archiveAt })).toMatchObject({ ok: true, archived: 6 })
  })

  test('is made even if the connection that keeps others away is lost', async () => {
    await months(2)
    const onStep = () =>
      sql`select pg_terminate_backend(pid) from pg_locks
           where locktype = 'advisory' and objid = 48618 and database = (select oid from pg_database where datname = current_database())`.execute(
        t.services.db,
      )
    expect(await archiveAudit(t.services, { before: await monthNow(), folder, onStep })).toHaveLength(1)
    expect(await verify({ archiveAt })).toMatchObject({ ok: true, archived: 3 })
  })

  test('that cannot get its name leaves nothing of itself, and the month and the file with that name as they are', async () => {
    await months(2)
    const file = archiveAt(`audit-${await monthNow(-1)}.jsonl.gz`)
    const onStep = async (_month: string, step: ArchiveStep) => {
      if (step === 'read back') await writeFile(file, 'of another installation')
    }
    const archiving = archiveAudit(t.services, { before: await monthNow(), folder, onStep })
    await expect(archiving).rejects.toThrow('was written by another process meanwhile')
    expect(await readdir(folder)).toEqual([path.basename(file)])
    expect(await readFile(file, 'utf8')).toBe('of another installation')
    expect(await verify()).toMatchObject({ ok: true, entries: 6, archived: 0 })
  })

  test('is not written over a file of another trail', async () => {
    await months(2)
    const file = archiveAt(`audit-${await monthNow(-1)}.jsonl.gz`)
    await writeFile(file, gzipSync('{"format":"arraydrop audit archive 1"}\n'))
    const before = await readFile(file)
    await expect(archive()).rejects.toThrow('is not the archive of')
    expect(await readFile(file)).toEqual(before)
    expect(await readdir(folder)).toHaveLength(1)
    expect(await verify()).toMatchObject({ ok: true, entries: 6, archived: 0 })
  })

  test('is not made of a month that was tampered with', async () => {
    await months(2)
    await tamper(`update audit_entry set action = 'sample.cancel' where seq = 2`)
    await expect(archive()).rejects.toThrow('entry 2 is missing, was changed')
    expect((await partitions())[await monthNow(-1)]).toBe(3)
    expect(await readdir(folder)).toEqual([])
    expect(await verify()).toMatchObject({ ok: false, brokenAt: 2 })
  })
})

describe('an archive and its database show', () => {
  /** One trail for all: a test works on a copy of its files, and gives back what it takes from the database. */
  let kept: string
  let files: string[]
  beforeAll(async () => {
    await begin()
    await months(3)
    files = (await archive()).map(({ file }) => file!)
    kept = folder
    expect(await verify({ archiveAt })).toMatchObject({ ok: true })
    await sql`create table kept_entry as select * from audit_entry`.execute(t.services.db)
    await sql`create table kept_archive as select * from audit_archive`.execute(t.services.db)
  })
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'arraydrop-archive-'))
    for (const file of files) await copyFile(path.join(kept, file), archiveAt(file))
  })
  afterEach(() => rm(folder, { recursive: true }))
  afterAll(async () => {
    folder = kept
    await end()
  })

  /** A file that holds other lines. */
  async function rewrite(file: string, change: (lines: string[]) => string[]): Promise<void> {
    const lines = gunzipSync(await readFile(file))
      .toString()
      .split('\n')
    await writeFile(file, gzipSync(change(lines).join('\n')))
  }

  test.each<[string, number, (first: string, second: string) => Promise<unknown>]>([
    ['that it is gone', 1, (first) => rm(first)],
    ['that a later one is gone', 4, (_, second) => rm(second)],
    ['that it was cut off', 1, async (first) => writeFile(first, (await readFile(first)).subarray(0, 100))],
    [
      'an entry that was changed',
      2,
      (first) =>
        rewrite(first, (lines) => lines.with(2, lines[2]!.replace('sample.delete', 'sample.cancel'))),
    ],
    ['an entry that was removed', 3, (first) => rewrite(first, (lines) => lines.toSpliced(3, 1))],
    ['that its last entry was removed', 3, (first) => rewrite(first, (lines) => lines.toSpliced(3, 2))],
    [
      'an end that was written anew',
      3,
      (first) => rewrite(first, ([head, one, two]) => [head!, one!, two!, `{"end":${place(two!)}}`, '']),
    ],
    ['that something was added', 1, (first) => rewrite(first, (lines) => [...lines.slice(0, -1), '{}', ''])],
    ['that it was packed anew', 1, (first) => rewrite(first, (lines) => lines.with(0, `${lines[0]} `))],
    ['that files changed places', 1, (first, second) => swap(first, second)],
  ])('%s', async (_what, brokenAt, change) => {
    await change(archiveAt(files[0]!), archiveAt(files[1]!))
    expect(await verify({ archiveAt })).toMatchObject({
      ok: false,
      brokenAt,
      archiveFault: expect.stringMatching(/^audit-\d{4}-\d\d\.jsonl\.gz: /),
    })
    // What the database has follows from what it noted.
    expect(await verify()).toMatchObject({ ok: true, archiveFault: null })
  })

  const place = (line: string) => {
    const { id, hash } = JSON.parse(line)
    return JSON.stringify({ seq: id, hash })
  }
  const swap = async (first: string, second: string) => {
    const [one, two] = [await readFile(first), await readFile(second)]
    await writeFile(first, two)
    await writeFile(second, one)
  }

  test.each([
    ['that the first entry after it was removed', 'delete from audit_entry where seq = 7', 7],
    ['that a month was removed without one', 'delete from audit_archive where first = 4', 4],
    ['that the first was forgotten', 'delete from audit_archive where first = 1', 1],
    ['that its end was noted otherwise', `update audit_archive set hash = sha256('x') where first = 4`, 7],
    [
      'that one was made up',
      `insert into audit_archive select '2020-01-01', 8, 9, hash, file, sha256 from audit_archive limit 1`,
      7,
    ],
    [
      'that a month was dropped with a note that was made up',
      `insert into audit_archive select '2020-01-01', 7, 7, hash, 'x', sha256('x') from audit_entry where seq = 7;
       delete from audit_entry where seq = 7`,
      7,
    ],
  ])('to the database, even without its file, %s', async (_what, statement, brokenAt) => {
    await tamper(statement)
    const verdict = await verify()
    expect([verdict.ok, verdict.brokenAt]).toEqual([false, brokenAt])
    await tamper(`delete from audit_archive; insert into audit_archive select * from kept_archive;
      insert into audit_entry select * from kept_entry where seq not in (select seq from audit_entry)`)
    expect(await verify()).toMatchObject({ ok: true })
  })
})
