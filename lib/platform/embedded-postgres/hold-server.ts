import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import type { Binaries } from './binaries.ts'
import { type Connection, connectOrLaunch } from './connect-or-launch.ts'
import type { Place } from './location.ts'

/** Advisory lock that every process holds, shared, for as long as it uses the embedded database. */
const IN_USE = 48_612
const REVIVE_PAUSE_MS = 1000

export interface Presence {
  /** The connection for setting up; void once the server was restarted. */
  client: pg.Client
  /** Let go. True when no other process is left: the lock is then held alone, so that nobody comes in any more. */
  leave(): Promise<boolean>
}

/**
 * One connection for the life of this process. Its shared lock says "in use" to the other processes; its end says at
 * once that the server is gone, and then the server is brought back, for as long as it takes.
 */
export async function attend(place: Place, binaries: Binaries): Promise<Presence> {
  const leaving = new AbortController()
  const first = await hold(place, binaries, leaving.signal)
  let current = first
  let reviving = Promise.resolve()

  const watch = (connection: Connection) => {
    current = connection
    void connection.ended.then(() => {
      if (!leaving.signal.aborted) reviving = revive()
    })
  }
  const revive = async () => {
    place.log('the embedded PostgreSQL went away; bringing it back')
    while (!leaving.signal.aborted) {
      try {
        return watch(await hold(place, binaries, leaving.signal))
      } catch (error) {
        if (leaving.signal.aborted) return
        place.log(error instanceof Error ? error.message : String(error))
        await delay(REVIVE_PAUSE_MS)
      }
    }
  }
  watch(first)

  return {
    client: first.client,
    async leave() {
      leaving.abort()
      await reviving
      return becomeLast(current.client)
    },
  }
}

async function hold(place: Place, binaries: Binaries, signal: AbortSignal): Promise<Connection> {
  for (;;) {
    const connection = await connectOrLaunch(place, binaries, signal)
    try {
      await connection.client.query('select pg_advisory_lock_shared($1)', [IN_USE])
      return connection
    } catch {
      // It was just being stopped by the last one to leave: start it again.
      await connection.client.end().catch(() => {})
    }
  }
}

async function becomeLast(client: pg.Client): Promise<boolean> {
  try {
    await client.query('select pg_advisory_unlock_shared($1)', [IN_USE])
    const { rows } = await client.query('select pg_try_advisory_lock($1) as alone', [IN_USE])
    if (rows[0].alone) return true
  } catch {
    // The server is gone already.
  }
  await client.end().catch(() => {})
  return false
}
