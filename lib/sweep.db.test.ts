import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { answerInOneTransaction } from '#lib/idempotency/answer-once.ts'
import { connect } from '#lib/platform/db/connect.ts'
import type { GaugeName, Reading, Telemetry } from '#lib/platform/telemetry/telemetry.ts'
import { createProject } from '#lib/projects/create-project.ts'
import type { Services } from '#lib/services.ts'
import { SWEEP_SECONDS } from '#lib/sessions/limits.ts'
import { receiveUpload } from '#lib/sessions/upload/receive-upload.ts'
import { verifyUpload } from '#lib/sessions/upload/verify-upload.ts'
import { longReadsOf, slowPlansOf, unlimitedWritesOf } from '#lib/testing/statement-plans.ts'
import { overriding, type TestServices, testServices } from '#lib/testing/test-services.ts'
import { JOB_POLICIES, jobHandlers } from './jobs.ts'
import { startSweeping, sweep } from './sweep.ts'
import { releaseLease, takeLease } from './sweep-state.ts'

let t: TestServices

beforeAll(async () => {
  t = await testServices()
})
afterAll(() => t.stop())

const stateOf = async (id: string) =>
  (await t.services.db.selectFrom('upload').select('state').where('id', '=', id).executeTakeFirstOrThrow())
    .state

test('Every job that can be queued has a handler and a policy', () => {
  expect(Object.keys(jobHandlers(t.services)).sort()).toEqual(Object.keys(JOB_POLICIES).sort())
})

describe('one sweep', () => {
  test('does everything that time alone makes due', async () => {
    const partner = await t.aPartner()
    const unnoted = await t.anUpload(await t.anOpenLink())
    await sweep(t.services)
    expect(await stateOf(unnoted)).toBe('checking')
    expect(await t.queued('verify-upload')).toContainEqual({ uploadId: unnoted })

    const [minted, opened] = [await t.aLink({}, partner), await t.anOpenLink({}, partner)]
    const unfinished = await t.anUpload(opened, { sent: 10 })
    const decided = await t.anOpenLink({}, partner)
    const accepted = await t.anUpload(decided)
    await receiveUpload(t.services, accepted)
    await verifyUpload(t.services, { uploadId: accepted })
    await answerInOneTransaction(t.services, partner.caller, { key: 'k', request: 'r' }, async () => ({}))
    await t.advance(86_401)
    const waiting = async () => [
      (await t.queued('verify-upload')).length,
      (await t.queued('run-analysis')).length,
    ]
    const [checks, runs] = await waiting()
    await sweep(t.services)

    for (const { sampleId } of [minted, opened]) {
      expect(await t.statusesOf(sampleId)).toEqual(['consumer awaiting data', 'consumer session expired'])
    }
    expect(await stateOf(unfinished)).toBe('discarded')
    expect(await t.services.parts.offset(unfinished)).toBeUndefined()
    // The check and the run that nobody took up are queued again; the checked file is still safe.
    expect(await waiting()).toEqual([checks! + 1, runs! + 1])
    expect(await stateOf(unnoted)).toBe('checking')
    expect(await stateOf(accepted)).toBe('accepted')
    expect(await t.services.db.selectFrom('idempotency').selectAll().execute()).toEqual([])
  })

  test('by several processes at once ends each session once', async () => {
    const links = await Promise.all(Array.from({ length: 10 }, () => t.anOpenLink()))
    await t.advance(901)
    await Promise.all([1, 2, 3].map(() => sweep(t.services)))
    for (const { sampleId } of links) {
      expect((await t.eventsOf(sampleId)).map((event) => event.kind)).toEqual(['minted', 'opened', 'expired'])
    }
  })

  test('goes on after a step that failed, and says so in the end', async () => {
    const link = await t.anOpenLink()
    await t.anUpload(link, { sent: 10 })
    await t.advance(901)
    const parts = overriding(t.services.parts, {
      offset: () => Promise.reject(new Error('the disk is away')),
    })
    await t.anUpload(await t.anOpenLink())
    await expect(sweep({ ...t.services, parts })).rejects.toThrow('the disk is away')
    expect(await t.statusesOf(link.sampleId)).toEqual(['consumer awaiting data', 'consumer session expired'])
  })
})

describe('However much there is, no step of a sweep', () => {
  const dueNow = () =>
    t.services.db
      .updateTable('retention')
      .set({ next_at: new Date(0) })
      .execute()

  test('reads a table that grows from end to end, or asks the time for each row', async () => {
    const partner = await t.aPartner({ rawFileDays: 1, deliverableDays: 1 })
    await t.anOpenLink({}, partner)
    const { db } = t.services
    await sql`insert into subscription_deleted (subscription_id) values (gen_random_uuid())`.execute(db)
    await sql`insert into sketches_given_up values (${partner.project.id}, app_now())`.execute(db)
    await sql`insert into file_erasure (storage_key) values ('gone')`.execute(db)
    await dueNow()
    expect(await slowPlansOf(t.databaseUrl, () => sweep(t.services))).toEqual([])
  })

  test('changes or deletes at once all that a condition finds', async () => {
    await dueNow()
    expect(await unlimitedWritesOf(() => sweep(t.services))).toEqual([])
  })

  test('reads what is not due yet, or what nobody wants to be removed', async () => {
    const { db } = t.services
    const [kept, keptLong] = [
      await t.aPartner(),
      await t.aPartner({ rawFileDays: 999, deliverableDays: 999 }),
    ]
    const trial = await createProject(t.services, { name: 'trial', test: true })
    for (const { project } of [kept, keptLong]) await manyOld(project.id, '9 days')
    await manyOld(trial.id, '9 hours')
    await sql`vacuum analyze`.execute(db)
    await sweep(t.services)
    await dueNow()
    expect(await longReadsOf(t.databaseUrl, 50, () => sweep(t.services))).toEqual([])
  })

  /** Failed samples with the logs of their runs, sketches and links that go on, and reads that belong to no sample. */
  async function manyOld(projectId: string, age: string): Promise<void> {
    const { db } = t.services
    const old = sql`app_now() - ${age}::interval`
    await sql`
      with made as (
        insert into sample (project_id, client_id, status, status_id, status_at, metadata, created, modified)
        select ${projectId}, 'old-' || n, 'failed', gen_random_uuid(), ${old}, '{}', ${old}, ${old}
          from generate_series(1, 500) n returning id
      ), linked as (
        insert into upload_session (sample_id, state, jti, link_expires_at)
        select id, 'minted', id::text, app_now() + interval '9 days' from made
      ), sketched as (
        insert into genotype_sketch (sample_id, project_id, key_id, created, sketch)
        select id, ${projectId}, 'k', ${old}, '' from made
      )
      insert into run (sample_id, for_project, state, attempts, input, created, ended_at, files_removed)
      select id, ${projectId}, 'failed', 1, '{}', ${old}, ${old}, true from made`.execute(db)
    await sql`
      insert into fastq_upload (project_id, destination_path, pair_path, client_id, r_notation, sealed_url,
                                source_host, created)
      select ${projectId}, 'gncv://' || n, 'gncv://' || n, 'c', 'R1', 'sealed', 'host', ${old}
        from generate_series(1, 500) n`.execute(db)
  }
})

describe('the sweeper', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }))
  afterEach(() => void vi.useRealTimers())

  /** Services whose sweeps begin one by one, each held until it is let go. */
  function held() {
    const begun: (() => void)[] = []
    const parts = overriding(t.services.parts, {
      list: async function* () {
        await new Promise<void>((resolve) => begun.push(resolve))
      },
    })
    const services: Services = { ...t.services, parts }
    const reached = async (sweeps: number) => {
      while (begun.length < sweeps) await new Promise((resolve) => setImmediate(resolve))
    }
    return { services, begun, reached }
  }

  test('sweeps at once and again and again, never two at a time, and stops when the last one has ended', async () => {
    const { services, begun, reached } = held()
    const running = vi.fn<() => Reading<'arraydrop.sweep.running.age'>[]>()
    const observe = (_name: GaugeName, read: () => never) => running.mockImplementation(read)
    const telemetry = overriding(services.telemetry, { observe: observe as Telemetry['observe'] })
    const stop = startSweeping({ ...services, telemetry })
    await reached(1)
    // Monitoring sees that a step does not end.
    expect(running()).toContainEqual({ value: expect.any(Number), labels: { step: 'sweepParts' } })
    // Ten intervals pass while the first sweep hangs: none of them leaves anything to be made up for.
    vi.advanceTimersByTime(10 * SWEEP_SECONDS * 1_000)
    begun[0]!()
    while (begun.length < 2) {
      vi.advanceTimersByTime(SWEEP_SECONDS * 1_000)
      await new Promise((resolve) => setImmediate(resolve))
    }
    let stopped = false
    const stopping = stop().then(() => {
      stopped = true
    })
    await new Promise((resolve) => setImmediate(resolve))
    expect(stopped).toBe(false)
    expect(vi.getTimerCount()).toBe(0)
    begun[1]!()
    await stopping
    expect(begun).toHaveLength(2)
    expect(running()).toEqual([])
  })

  test('ends sessions in time while removing what was left over does not end', async () => {
    const { services, begun, reached } = held()
    const stop = startSweeping(services)
    await reached(1)
    const { sampleId } = await t.anOpenLink()
    await t.advance(901)
    while (!(await t.statusesOf(sampleId)).includes('consumer session expired')) {
      vi.advanceTimersByTime(SWEEP_SECONDS * 1_000)
    }
    expect(begun).toHaveLength(1)
    begun[0]!()
    await stop()
  })

  test('begins nothing more after it was told to stop, also when it was just asking for its turn', async () => {
    const { services, begun } = held()
    const stopping = await t.services.db.transaction().execute(async (tx) => {
      await sql`select from sweep_lease for update`.execute(tx)
      return { stopped: startSweeping(services)() }
    })
    await stopping.stopped
    expect(begun).toHaveLength(0)
  })

  test('sweeps in one of several processes, and in another one once that is gone', async () => {
    const [first, second] = [held(), held()]
    const stopFirst = startSweeping(first.services)
    await first.reached(1)
    const stopSecond = startSweeping(second.services)
    const turns = async () => {
      for (let turn = 0; turn < 9; turn++) {
        vi.advanceTimersByTime(5_000)
        for (let tick = 0; tick < 20; tick++) await new Promise((resolve) => setImmediate(resolve))
      }
    }
    await turns()
    expect(second.begun).toHaveLength(0)
    first.begun[0]!()
    await stopFirst()
    while (second.begun.length === 0) await turns()
    second.begun[0]!()
    await stopSecond()
  })

  test('gives the turn of a process that was killed to the next one that asks, and not back', async () => {
    const { db } = t.services
    const [killed, next] = [crypto.randomUUID(), crypto.randomUUID()]
    expect(await takeLease(db, killed)).toBe(true)
    expect([await takeLease(db, next), await takeLease(db, killed)]).toEqual([false, true])
    // Twenty seconds of silence.
    await sql`update sweep_lease set ends_at = ends_at - interval '20 seconds'`.execute(db)
    expect([await takeLease(db, next), await takeLease(db, killed)]).toEqual([true, false])
    await releaseLease(db, next)
  })

  test('gives the turn at once to the next one that asks when the connections of its process are gone', async () => {
    const { db } = t.services
    const [killed, next] = [crypto.randomUUID(), crypto.randomUUID()]
    const itsOwn = connect({ url: t.databaseUrl, log: t.services.log })
    expect(await takeLease(itsOwn, killed)).toBe(true)
    expect(await takeLease(db, next)).toBe(false)
    await itsOwn.destroy()
    await expect.poll(() => takeLease(db, next)).toBe(true)
    await releaseLease(db, next)
  })

  test('goes on after a sweep that failed', async () => {
    let sweeps = 0
    const parts = overriding(t.services.parts, {
      list: () => {
        sweeps++
        throw new Error('the disk is away')
      },
    })
    const stop = startSweeping({ ...t.services, parts })
    while (sweeps < 3) {
      vi.advanceTimersByTime(SWEEP_SECONDS * 1_000)
      await new Promise((resolve) => setImmediate(resolve))
    }
    await stop()
    expect(sweeps).toBeGreaterThanOrEqual(3)
  })
})
