import { readFileSync } from 'node:fs'
import { type RawBuilder, sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { changeApiKey } from '#lib/keys/change-api-key.ts'
import { issueApiKey } from '#lib/keys/issue-api-key.ts'
import { createUser } from '#lib/people/create-user.ts'
import { createLog } from '#lib/platform/log.ts'
import { changeProject } from '#lib/projects/change-project.ts'
import { type TestServices, testServices } from '#lib/testing/test-services.ts'
import type { AuditAction } from './audit.ts'
import { chainAudit } from './chain-audit.ts'
import { listAudit } from './list-audit.ts'
import { noteAuditHead } from './note-audit-head.ts'
import { recordAudit, recordAuditOnce } from './record-audit.ts'
import { verifyAudit } from './verify-audit.ts'
import { AuditFilter } from './wire.ts'

/** One database for tests that only write rows: each begins with an empty trail. */
let shared: TestServices
let beginning: Buffer
let t: TestServices

beforeAll(async () => {
  shared = await testServices()
  const head = shared.services.db.selectFrom('audit_head').select('hash')
  beginning = (await head.executeTakeFirstOrThrow()).hash
})
afterAll(() => shared.stop())
beforeEach(async () => {
  t = shared
  await tamper(sql`truncate audit_entry, audit_waiting`)
  await sql`update audit_head set seq = 0, hash = ${beginning}`.execute(t.services.db)
})

/** For a test that changes what the trail is made of. */
async function inItsOwnDatabase(): Promise<void> {
  const own = await testServices()
  onTestFinished(() => own.stop())
  t = own
}

const record = (action: AuditAction, targets: string[] = [crypto.randomUUID()]) =>
  recordAudit(t.services.db, { by: { kind: 'system' }, action, projectId: null, targets })

async function someEntries(count: number): Promise<void> {
  for (let n = 0; n < count; n++) await record('sample.delete')
  await chainAudit(t.services)
}

async function verify(earlierHead?: string) {
  await chainAudit(t.services)
  return verifyAudit(t.services, { head: earlierHead })
}

/** As somebody with the rights of the database's owner would do it. */
const tamper = (statement: RawBuilder<unknown>) =>
  t.services.db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ name: string }>`select tgrelid::regclass::text as name from pg_trigger
      where tgfoid in ('audit_refuse'::regproc, 'audit_keep'::regproc)`.execute(tx)
    for (const { name } of rows) await sql.raw(`alter table ${name} disable trigger user`).execute(tx)
    await statement.execute(tx)
    for (const { name } of rows) await sql.raw(`alter table ${name} enable trigger user`).execute(tx)
  })

const brokenAt = async () => {
  const { ok, brokenAt } = await verify()
  return ok ? 'whole' : brokenAt
}

describe('the audit trail', () => {
  test('is only ever added to', async () => {
    await someEntries(2)
    for (const statement of [
      sql`update audit_entry set action = 'sample.cancel'`,
      sql`delete from audit_entry`,
      sql`truncate audit_entry`,
      sql`update audit_waiting set action = 'sample.cancel'`,
      sql`delete from audit_waiting`,
      sql`truncate audit_waiting`,
    ]) {
      await expect(statement.execute(t.services.db)).rejects.toThrow('only ever added to')
    }
    expect(await verify()).toMatchObject({ ok: true, entries: 2, brokenAt: null })
  })

  test('is one chain without gaps, however many write at once and whichever of them fail', async () => {
    const giveUp = t.services.db.transaction().execute(async (tx) => {
      await recordAudit(tx, { by: { kind: 'system' }, action: 'user.create', projectId: null, targets: [] })
      throw new Error('given up')
    })
    const chains = Array.from({ length: 5 }, () => chainAudit(t.services))
    await Promise.all([
      ...Array.from({ length: 30 }, () => record('sample.delete')),
      giveUp.catch(() => {}),
      ...chains,
    ])
    expect(await verify()).toMatchObject({ ok: true, entries: 30, waiting: 0 })
  })

  test('makes nobody who records something wait for others who do, and has it durable with what it records', async () => {
    await t.services.db.transaction().execute(async (held) => {
      await recordAudit(held, { by: { kind: 'system' }, action: 'user.create', projectId: null, targets: [] })
      // Would wait for ever if the first held anything that all of them need.
      await record('sample.delete')
      await chainAudit(t.services)
      expect(await verifyAudit(t.services)).toMatchObject({ ok: true, entries: 1, waiting: 0 })
    })
    expect(await verifyAudit(t.services)).toMatchObject({ ok: true, entries: 1, waiting: 1 })
    expect(await verify()).toMatchObject({ ok: true, entries: 2, waiting: 0 })
  })

  test('keeps the time at which something was done, not that at which it was chained', async () => {
    const begun = await t.services.clock.now()
    await record('sample.delete')
    await t.advance(3_600)
    await chainAudit(t.services)
    const { at } = await t.services.db.selectFrom('audit_entry').select('at').executeTakeFirstOrThrow()
    expect(at.getTime() - begun.getTime()).toBeLessThan(1_800_000)
  })

  test('is chained in batches, whatever waits', async () => {
    await sql`insert into audit_waiting (actor_kind, action, targets)
      select 'system', 'sample.delete', '{}'::uuid[] from generate_series(1, 1200)`.execute(t.services.db)
    expect(await verify()).toMatchObject({ ok: true, entries: 1_200, waiting: 0 })
  })

  test('takes entries of the release before, which are chained as they come', async () => {
    await record('sample.delete')
    await sql`insert into audit_entry (actor_kind, action, targets)
      values ('system', 'sample.delete', '{}')`.execute(t.services.db)
    await someEntries(1)
    expect(await verify()).toMatchObject({ ok: true, entries: 3 })
  })

  test.each([
    ['an entry that was changed', sql`update audit_entry set actor_id = gen_random_uuid() where seq = 3`, 3],
    ['a time that was changed', sql`update audit_entry set at = at - interval '1 day' where seq = 2`, 2],
    ['a time that is none', sql`update audit_entry set at = 'infinity' where seq = 2`, 2],
    ['a time beyond all dates', sql`update audit_entry set at = '290000-01-01' where seq = 2`, 2],
    ['an entry that was removed', sql`delete from audit_entry where seq = 4`, 4],
    ['the first entry removed', sql`delete from audit_entry where seq = 1`, 1],
    ['the newest entry removed', sql`delete from audit_entry where seq = 5`, 5],
    [
      'an entry that was put in place of another',
      sql`update audit_entry set action = 'user.create', hash = sha256('x') where seq = 3`,
      3,
    ],
    [
      'entries that changed places',
      sql`update audit_entry one set targets = two.targets, at = two.at, hash = two.hash from audit_entry two
        where (one.seq, two.seq) in ((2, 3), (3, 2))`,
      2,
    ],
  ])('shows %s', async (_what, statement, at) => {
    await someEntries(5)
    expect(await brokenAt()).toBe('whole')
    await tamper(statement)
    expect(await brokenAt()).toBe(at)
  })

  test('shows an entry that was put before the first', async () => {
    await inItsOwnDatabase()
    await someEntries(2)
    await sql`alter table audit_entry drop constraint audit_entry_seq_check`.execute(t.services.db)
    await tamper(sql`insert into audit_entry
      select 0, at, actor_kind, actor_id, action, project_id, targets, request_id, hash, address
        from audit_entry where seq = 2`)
    expect(await brokenAt()).toBe(3)
  })

  test('can belong to another role, which then owns all that runs with its rights', () => {
    const guide = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8')
    for (const what of [
      'table audit_waiting',
      'function audit_chain()',
      'function audit_keep()',
      'function app_now()',
      'table clock',
    ])
      expect(guide).toContain(`alter ${what} owner to arraydrop_audit;`)
    expect(guide).toContain('revoke create on schema public from public, arraydrop;')
  })

  test('is read from its columns, not by a function that the database was given instead', async () => {
    await inItsOwnDatabase()
    await someEntries(4)
    const { head } = await verify()
    const { rows } = await sql<{ text: string }>`
      select audit_text(audit_entry) as text from audit_entry where seq = 2`.execute(t.services.db)
    await tamper(sql`update audit_entry set actor_id = gen_random_uuid() where seq = 2`)
    const lie = `create or replace function audit_text(entry audit_entry) returns text language sql stable
      return case (entry).seq when 2 then '${rows[0]!.text}' else '' end`
    await sql.raw(lie).execute(t.services.db)
    expect(await verify()).toMatchObject({ ok: false, brokenAt: 2, head })
  })

  test('is not whole while a policy could hide entries from everybody but the verification', async () => {
    await inItsOwnDatabase()
    await someEntries(2)
    await sql`alter table audit_entry enable row level security`.execute(t.services.db)
    await sql`create policy p on audit_entry using (true)`.execute(t.services.db)
    expect((await verify()).ok).toBe(false)
  })

  test('shows entries that were hashed by a function that leaves something out', async () => {
    await inItsOwnDatabase()
    await someEntries(2)
    await sql`create or replace function audit_text(entry audit_entry) returns text language sql stable
      return (entry).seq::text`.execute(t.services.db)
    await someEntries(2)
    expect(await brokenAt()).toBe(3)
  })

  test('says the same in TypeScript as in the database, whatever an entry holds', async () => {
    const requestIds = ['plain', 'quote " slash \\ / tab \t bell \u0007 del \u007f', 'é漢字 🧬 \u2028', '']
    for (const requestId of requestIds) {
      for (const address of ['2001:db8::1', undefined]) {
        const by = { kind: 'link', id: crypto.randomUUID(), requestId, address } as const
        const targets = [crypto.randomUUID(), crypto.randomUUID()]
        await recordAudit(t.services.db, { by, action: 'file.download', projectId: null, targets })
        await recordAudit(t.services.db, { by, action: 'file.link', projectId: targets[0]!, targets: [] })
      }
    }
    expect(await verify()).toMatchObject({ ok: true, entries: 16 })
  })

  test('shows an end that was cut off and rewritten, once an earlier head is given', async () => {
    const heads = [(await verify()).head]
    for (let n = 0; n < 3; n++) {
      await someEntries(1)
      heads.push((await verify()).head)
    }
    for (const [at, head] of heads.entries()) {
      expect(await verify(head.toUpperCase())).toMatchObject({ ok: true, earlierHeadAt: at })
    }
    await tamper(sql`with cut as (delete from audit_entry where seq = 3)
      update audit_head set seq = 2, hash = (select hash from audit_entry where seq = 2)`)
    expect(await verify()).toMatchObject({ ok: true })
    expect(await verify(heads[2])).toMatchObject({ ok: true, earlierHeadAt: 2 })
    await someEntries(2)
    expect(await verify(heads[3])).toMatchObject({ ok: false, earlierHeadAt: null })
  })

  test('has its head logged once an hour, by one process for all, also where only warnings are logged', async () => {
    await inItsOwnDatabase()
    const lines: unknown[] = []
    let full = false
    const write = (line: string) => {
      if (full) throw new Error('the log cannot be written')
      const { audit_entries, audit_head } = JSON.parse(line)
      lines.push({ audit_entries, audit_head })
    }
    const log = createLog({ logLevel: 'warn' }, { write })
    const note = () => noteAuditHead({ db: t.services.db, log })
    await someEntries(2)
    await Promise.all([note(), note(), note()])
    const { head } = await verify()
    expect(lines).toEqual([{ audit_entries: 2, audit_head: head }])
    await t.advance(3_590)
    await note()
    expect(lines).toHaveLength(1)
    await t.advance(20)
    // As a kill between the two: what was not written is not noted as written.
    full = true
    await expect(note()).rejects.toThrow('cannot be written')
    full = false
    await note()
    expect(lines).toHaveLength(2)
  })

  test('has a newest hash that cannot recur after the end was cut off and rewritten', async () => {
    await someEntries(3)
    const { head } = await verify()
    await tamper(sql`with cut as (delete from audit_entry where seq = 3)
      update audit_head set seq = 2, hash = (select hash from audit_entry where seq = 2)`)
    await someEntries(1)
    const anew = await verify()
    expect(anew.ok).toBe(true)
    expect(anew.head).not.toBe(head)
  })

  test('begins with a hash of its installation', async () => {
    await inItsOwnDatabase()
    await someEntries(1)
    const before = await verify()
    await t.services.db.updateTable('organization').set({ id: crypto.randomUUID() }).execute()
    expect(before.ok).toBe(true)
    expect(await brokenAt()).toBe(1)
  })

  test('records what programs repeat once per period, for each actor', async () => {
    const sampleId = crypto.randomUUID()
    const [one, two] = [await t.aKey(), await t.aKey()]
    const link = (caller: typeof one.caller) =>
      recordAuditOnce(
        t.services.db,
        { by: caller, action: 'file.link', projectId: null, targets: [sampleId] },
        { seconds: 60 },
      )
    for (const { caller } of [one, one, two]) await link(caller)
    await t.advance(61)
    await link(one.caller)
    await chainAudit(t.services)
    await link(one.caller)
    await chainAudit(t.services)
    const { rows } = await sql<{ actor_id: string }>`
      select actor_id from audit_entry where action = 'file.link' order by seq`.execute(t.services.db)
    expect(rows.map((row) => row.actor_id)).toEqual([one.id, two.id, one.id])
  })
})

describe('what callers change', () => {
  test('is recorded with actor, action, project, targets and request', async () => {
    const { project, caller: bound } = await t.aPartner()
    const caller = { ...bound, role: 'owner', requestId: 'request-1' } as const
    await changeProject(t.services, caller, project.id, { name: 'Other', settings: { raw_file_days: 30 } })
    const { row } = await issueApiKey(t.services, caller, { name: 'new', role: 'viewer' })
    await changeApiKey(t.services, caller, row.id, { revoked: true })
    await changeApiKey(t.services, caller, row.id, { name: 'renamed' }).catch(() => {})
    const { rows } = await listAudit(t.services, project.id, {}, { limit: 25, offset: 0 })
    expect(
      rows.map(({ action, actorKind, actorId, targets, requestId }) => [
        action,
        actorKind,
        actorId,
        targets,
        requestId,
      ]),
    ).toEqual([
      ['api_key.revoke', 'api_key', caller.apiKeyId, [row.id], 'request-1'],
      ['api_key.create', 'api_key', caller.apiKeyId, [row.id], 'request-1'],
      ['project.update', 'api_key', caller.apiKeyId, [project.id], 'request-1'],
      ['api_key.create', 'system', null, [caller.apiKeyId], null],
      ['project.create', 'system', null, [project.id], null],
    ])
  })

  test('can be narrowed by action and by target', async () => {
    const { project, caller } = await t.aPartner()
    const ask = (query: Record<string, string>) =>
      listAudit(t.services, project.id, AuditFilter.parse(query), { limit: 25, offset: 0 })
    expect((await ask({ action: 'project.create' })).rows.map(({ action }) => action)).toEqual([
      'project.create',
    ])
    expect((await ask({ target: caller.apiKeyId! })).count).toBe(1)
  })

  test('names people by id alone', async () => {
    const user = await createUser(t.services, {
      email: 'somebody@clinic.example',
      password: 'a long enough password',
      role: 'viewer',
    })
    await chainAudit(t.services)
    const { rows } = await sql<{ entry: string }>`select audit_entry::text as entry from audit_entry`.execute(
      t.services.db,
    )
    const all = rows.map(({ entry }) => entry).join()
    expect(all).toContain(user.id)
    expect(all).not.toContain('clinic.example')
  })
})
