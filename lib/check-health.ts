import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { services } from '#lib/services.ts'
import packageJson from '../package.json' with { type: 'json' }

/** A part that hangs counts as failed, so that a health check never hangs with it. */
const CHECK_MS_MAX = 5_000

/** Try everything that the main job needs: database, storage, queue and upload locks. Returns which of them fail; the reasons go to the log only. */
export async function checkHealth(): Promise<Response> {
  const { db, storage, queue, locks, log } = services()
  const parts = {
    database: () => sql`select 1`.execute(db),
    storage: () => storage.check(),
    queue: () => queue.check(),
    // Every upload takes one, over a connection of its own.
    locks: () => locks.check(),
  }
  const checks = await Promise.all(
    Object.entries(parts).map(async ([name, check]) => {
      try {
        await Promise.race([check(), late()])
        return [name, 'ok'] as const
      } catch (error) {
        log.error({ err: error, part: name }, 'health check failed')
        return [name, 'failing'] as const
      }
    }),
  )
  const ready = checks.every(([, state]) => state === 'ok')
  const body = {
    status: ready ? 'ok' : 'unavailable',
    version: packageJson.version,
    ...Object.fromEntries(checks),
  }
  return Response.json(body, { status: ready ? 200 : 503 })
}

async function late(): Promise<never> {
  await wait(CHECK_MS_MAX, undefined, { ref: false })
  throw new Error('no answer in time')
}
