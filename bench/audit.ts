import { type Kysely, sql } from 'kysely'
import { pino } from 'pino'
import { chainAudit } from '#lib/audit/chain-audit.ts'
import { recordAudit } from '#lib/audit/record-audit.ts'
import { connect } from '#lib/platform/db/connect.ts'
import type { Schema } from '#lib/platform/db/schema.ts'
import type { Bench } from './bench.ts'
import { least, measureInTurn } from './measure-in-turn.ts'
import type { Measurement } from './measurement.ts'
import { openDatabase } from './open-database.ts'
import { cpuMilliseconds } from './process-use.ts'

const ROUNDS = 3
const WRITERS = 16
const ENTRIES = 2_000

/**
 * Entries of the audit trail that 16 writers record in a second, each in a transaction of its own, against plain rows of
 * the same width: recording must not make writers wait for each other. What chaining costs afterwards is CPU of the one
 * connection that does it, against that of one that inserts such rows.
 */
export async function measureAudit({ service }: Bench): Promise<Measurement[]> {
  const database = await openDatabase(service.dataDir)
  const log = pino({ level: 'silent' })
  const many = connect({ url: database.url, log, connectionsMax: WRITERS })
  const one = connect({ url: database.url, log, connectionsMax: 1 })
  const cpu = { record: [] as number[], row: [] as number[], chain: [] as number[] }
  try {
    await database.client.query(
      `create table bench_row (id bigint generated always as identity primary key, at timestamptz not null default app_now(),
        actor_kind text, action text, targets uuid[])`,
    )
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(one)
    const cpuOf = async (act: () => Promise<unknown>, times: number) => {
      const before = cpuMilliseconds(rows[0]!.pid)
      await act()
      return ((cpuMilliseconds(rows[0]!.pid) - before) * 1_000) / times
    }
    const values = await measureInTurn(ROUNDS, {
      entries: async () => {
        const rate = await perSecond(WRITERS, () => record(many))
        await chainAudit({ db: one })
        cpu.record.push(await cpuOf(() => perSecond(1, () => record(one)), ENTRIES))
        cpu.chain.push(await cpuOfChaining(one, cpuOf))
        return rate
      },
      rows: async () => {
        cpu.row.push(await cpuOf(() => perSecond(1, () => insertRow(one)), ENTRIES))
        return perSecond(WRITERS, () => insertRow(many))
      },
    })
    const [entries, plain] = [Math.max(...values.entries), Math.max(...values.rows)]
    const [recording, row, chaining] = [least(cpu.record), least(cpu.row), least(cpu.chain)]
    return [
      {
        what: 'Entries of the audit trail that 16 writers record at once, against plain rows',
        value: entries / plain,
        bound: { atLeast: 0.5 },
        unit: '×',
        record: `${entries.toFixed(0)} entries a second against ${plain.toFixed(0)} rows`,
      },
      {
        what: 'CPU of PostgreSQL to chain an entry of the audit trail, against inserting a plain row',
        value: chaining / row,
        bound: { atMost: 0.5 },
        unit: '×',
        record:
          `${chaining.toFixed(0)} against ${row.toFixed(0)} µs; with ${recording.toFixed(0)} µs to record it ` +
          `${(1e6 / (recording + chaining)).toFixed(0)} entries a second on one core`,
      },
    ]
  } finally {
    await database.client.query('drop table if exists bench_row')
    await many.destroy()
    await one.destroy()
    await database.close()
  }
}

/** For each entry, of so many that none is left to the service, which chains as well. */
async function cpuOfChaining(
  db: Kysely<Schema>,
  cpuOf: (act: () => Promise<unknown>, times: number) => Promise<number>,
): Promise<number> {
  await chainAudit({ db })
  return db.transaction().execute(async (tx) => {
    // Nobody else sees these before they are chained.
    await sql`insert into audit_waiting (actor_kind, action, targets)
      select 'system', 'sample.cancel', array[gen_random_uuid()] from generate_series(1, ${ENTRIES})`.execute(
      tx,
    )
    return cpuOf(() => sql`select audit_chain_waiting(${ENTRIES})`.execute(tx), ENTRIES)
  })
}

const record = (db: Kysely<Schema>) =>
  recordAudit(db, {
    by: { kind: 'system' },
    action: 'sample.cancel',
    projectId: null,
    targets: [crypto.randomUUID()],
  })

const insertRow = (db: Kysely<Schema>) =>
  db.executeQuery(
    db
      // biome-ignore lint/suspicious/noExplicitAny: a table of this measurement alone
      .insertInto('bench_row' as any)
      .values({ actor_kind: 'system', action: 'sample.cancel', targets: [crypto.randomUUID()] })
      .compile(),
  )

async function perSecond(writers: number, act: () => Promise<unknown>): Promise<number> {
  let left = ENTRIES
  const begun = performance.now()
  await Promise.all(
    Array.from({ length: writers }, async () => {
      while (left-- > 0) await act()
    }),
  )
  return (ENTRIES * 1_000) / (performance.now() - begun)
}
