import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import type { Binaries } from './binaries.ts'
import { type Connection, connectOrLaunch } from './connect-or-launch.ts'
import type { ClusterLocation } from './location.ts'

/** Advisory lock that every process holds, shared, for as long as it uses the embedded database. */
const IN_USE = 48_612
const REVIVE_PAUSE_MS = 1000

export interface ServerHold {
  /** The connection for setting up; unusable once the server was restarted. */
  client: pg.Client
  /** Stop using the server. True when no other process uses it: the exclusive lock then keeps others out. */
  leave(): Promise<boolean>
}

/**
 * One connection for the life of this process. Its shared lock says "in use" to the other processes; when it
 * ends, the server is gone and is brought back, for as long as that takes.
 */
export async function holdServer(location: ClusterLocation, binaries: Binaries): Promise<ServerHold> {
  const leaving = new AbortController()
  const first = await connectAndHold(location, binaries, leaving.signal)
  let current = first
  let reviving = Promise.resolve()

  const watch = (connection: Connection) => {
    current = connection
    void connection.ended.then(() => {
      if (!leaving.signal.aborted) reviving = revive()
    })
  }
  const revive = async () => {
    location.log('the embedded PostgreSQL went away; bringing it back')
    while (!leaving.signal.aborted) {
      try {
        return watch(await connectAndHold(location, binaries, leaving.signal))
      } catch (error) {
        if (leaving.signal.aborted) return
        location.log(error instanceof Error ? error.message : String(error))
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

async function connectAndHold(
  location: ClusterLocation,
  binaries: Binaries,
  signal: AbortSignal,
): Promise<Connection> {
  for (;;) {
    const connection = await connectOrLaunch(location, binaries, signal)
    try {
      await connection.client.query('select pg_advisory_lock_shared($1)', [IN_USE])
      return connection
    } catch {
      // The last process was just stopping it: start it again.
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
