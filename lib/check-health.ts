import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { type Services, services } from '#lib/services.ts'
import packageJson from '../package.json' with { type: 'json' }
import { listFailingSteps } from './sweep-state.ts'

/** A part that hangs counts as failed, so that a health check never hangs with it. */
const CHECK_MS_MAX = 5_000
const RETRY_AFTER_SECONDS = 5

/**
 * Try everything that the main job needs (database, storage, queue and upload locks), and see whether the last sweep
 * worked. Returns which of them fail; the reasons go to the log only. A failing sweep leaves the service ready: it needs
 * an operator, and other replicas would not help.
 */
export async function checkHealth(): Promise<Response> {
  const { db, storage, queue, locks, log } = services()
  const parts = {
    database: () => sql`select 1`.execute(db),
    storage: () => storage.check(),
    queue: () => queue.check(),
    // Every upload takes one, over a connection of its own.
    locks: () => locks.check(),
  }
  const stateOf = async (name: string, check: () => Promise<unknown>) => {
    try {
      await Promise.race([check(), late()])
      return 'ok'
    } catch (error) {
      log.error({ err: error, part: name }, 'health check failed')
      return 'failing'
    }
  }
  const [sweep, ...checks] = await Promise.all([
    stateOf('sweep', () => demandWorkingSweep(db)),
    ...Object.entries(parts).map(async ([name, check]) => [name, await stateOf(name, check)] as const),
  ])
  const ready = checks.every(([, state]) => state === 'ok')
  const body = {
    status: ready ? 'ok' : 'unavailable',
    version: packageJson.version,
    ...Object.fromEntries(checks),
    sweep,
  }
  return ready
    ? Response.json(body)
    : Response.json(body, { status: 503, headers: { 'Retry-After': String(RETRY_AFTER_SECONDS) } })
}

async function demandWorkingSweep(db: Services['db']): Promise<void> {
  const failing = await listFailingSteps(db)
  if (failing.length > 0) throw new Error(`steps fail: ${failing.map(({ step }) => step).join(', ')}`)
}

async function late(): Promise<never> {
  await wait(CHECK_MS_MAX, undefined, { ref: false })
  throw new Error('no answer in time')
}
