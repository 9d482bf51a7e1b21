import type { Kysely } from 'kysely'
import { pino } from 'pino'
import { chainAudit } from '#lib/audit/chain-audit.ts'
import { recordAudit } from '#lib/audit/record-audit.ts'
import { connect } from '#lib/platform/db/connect.ts'
import type { Schema } from '#lib/platform/db/schema.ts'
import type { Bench } from './bench.ts'
import { measureInTurn } from './measure-in-turn.ts'
import type { Measurement } from './measurement.ts'
import { openDatabase } from './open-database.ts'

const ROUNDS = 3
const WRITERS = 16
const ENTRIES = 2_000

/**
 * Entries of the audit trail that 16 writers record in a second, each in a transaction of its own, against plain rows of
 * the same width: recording must not make writers wait for each other. Chaining them afterwards is timed by itself.
 */
export async function measureAudit({ service }: Bench): Promise<Measurement[]> {
  const database = await openDatabase(service.dataDir)
  const db = connect({ url: database.url, log: pino({ level: 'silent' }), connectionsMax: WRITERS })
  const chained: number[] = []
  try {
    await database.client.query(
      `create table bench_row (id bigint generated always as identity primary key, at timestamptz not null default app_now(),
        actor_kind text, action text, targets uuid[])`,
    )
    const values = await measureInTurn(ROUNDS, {
      entries: async () => {
        const rate = await perSecond(() =>
          recordAudit(db, {
            by: { kind: 'system' },
            action: 'sample.cancel',
            projectId: null,
            targets: [crypto.randomUUID()],
          }),
        )
        const begun = performance.now()
        await chainAudit({ db })
        chained.push((ENTRIES * 1_000) / (performance.now() - begun))
        return rate
      },
      rows: () => perSecond(() => insertRow(db)),
    })
    const [entries, rows, chain] = [values.entries, values.rows, chained].map((all) => Math.max(...all))
    return [
      {
        what: 'Entries of the audit trail that 16 writers record at once, against plain rows',
        value: entries! / rows!,
        bound: { atLeast: 0.5 },
        unit: '×',
        record:
          `${entries!.toFixed(0)} entries a second against ${rows!.toFixed(0)} rows; ` +
          `chained afterwards at ${chain!.toFixed(0)} a second or more`,
      },
    ]
  } finally {
    await database.client.query('drop table if exists bench_row')
    await db.destroy()
    await database.close()
  }
}

const insertRow = (db: Kysely<Schema>) =>
  db.executeQuery(
    db
      // biome-ignore lint/suspicious/noExplicitAny: a table of this measurement alone
      .insertInto('bench_row' as any)
      .values({ actor_kind: 'system', action: 'sample.cancel', targets: [crypto.randomUUID()] })
      .compile(),
  )

async function perSecond(act: () => Promise<unknown>): Promise<number> {
  let left = ENTRIES
  const begun = performance.now()
  await Promise.all(
    Array.from({ length: WRITERS }, async () => {
      while (left-- > 0) await act()
    }),
  )
  return (ENTRIES * 1_000) / (performance.now() - begun)
}
