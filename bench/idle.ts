import { setTimeout as pause } from 'node:timers/promises'
import type { Bench } from './bench.ts'
import type { Measurement } from './measurement.ts'
import { openDatabase } from './open-database.ts'

/** Until what a start leaves to do is done, and deliveries are looked for less often. */
const SETTLE_MS = 75_000
const SECONDS = 60

/** Transactions a second of a service that nobody uses, web server and worker in one process; nearly all are one statement. */
export async function measureIdle({ service }: Bench): Promise<Measurement[]> {
  const { client, close } = await openDatabase(service.dataDir)
  const transactions = async () => {
    const { rows } = await client.query<{ n: string }>(
      'select xact_commit + xact_rollback as n from pg_stat_database where datname = current_database()',
    )
    return Number(rows[0]!.n)
  }
  try {
    await pause(SETTLE_MS)
    const before = await transactions()
    await pause(SECONDS * 1_000)
    const made = (await transactions()) - before
    return [
      {
        what: 'An idle service, transactions a second in the database',
        value: made / SECONDS,
        bound: { atMost: 4 },
        unit: '/s',
        record: `${made} in ${SECONDS} s`,
      },
    ]
  } finally {
    await close()
  }
}
