import { tryEach } from '#lib/platform/try-each.ts'
import { workTime } from '#lib/platform/work-off.ts'
import type { Services } from '#lib/services.ts'
import { postponeCheck, selectTombstonesDue, updateErased } from './tombstones-table.ts'

/** Checks that must find nothing, the last one a day after the last byte: no job runs that long. */
const QUIET_CHECKS = 12
const BATCH = 500

/**
 * Job: remove every stored byte of deleted samples and record in their tombstones when nothing was left. One whose bytes
 * cannot be removed holds up no other, and is due behind them; rejects with the first such failure in the end. Safe to
 * run twice, concurrently, and after a crash at any point.
 */
export async function eraseSamples(
  services: Services,
  { sampleIds }: { sampleIds: string[] },
): Promise<void> {
  await eraseEach(services, sampleIds, () => () => false)
}

/**
 * For a time that begins behind the listing of all parts, which may take longer: at least one has its turn. What is left
 * is due as before.
 */
async function eraseEach(
  services: Services,
  sampleIds: string[],
  beginTime: () => () => boolean,
): Promise<void> {
  const parts = await partsOf(services, new Set(sampleIds))
  const isOver = beginTime()
  let left = 0
  await tryEach(sampleIds, async (sampleId) => {
    if (isOver()) return void left++
    await eraseSample(services, sampleId, parts.get(sampleId) ?? []).catch(async (error: unknown) => {
      await postponeCheck(services.db, sampleId)
      throw error
    })
  }).finally(() => {
    if (left > 0) services.log.info({ left }, 'deleted samples are left for the next sweep to erase')
  })
}

async function eraseSample(services: Services, sampleId: string, partIds: string[]): Promise<void> {
  const stored = await eraseStored(services, sampleId)
  // Of this machine alone: what killed processes left on another one goes there within a day.
  const worked = await services.scratch.removeOf(sampleId)
  for (const id of partIds) await services.parts.withPartLock(id, () => services.parts.remove(id))
  await updateErased(services.db, sampleId, {
    found: stored || worked || partIds.length > 0,
    quietChecks: QUIET_CHECKS,
  })
}

/**
 * The same, repeated for a while: a check or run that was under way when a sample was deleted may store something after
 * its bytes were erased. For a while at most: the next sweep continues. Part of the sweeper.
 */
export async function eraseLateFiles(services: Services): Promise<void> {
  const sampleIds = await selectTombstonesDue(services.db, BATCH)
  if (sampleIds.length > 0) await eraseEach(services, sampleIds, workTime)
}

/** Returns whether anything was stored. */
async function eraseStored({ storage }: Services, sampleId: string): Promise<boolean> {
  const prefix = `samples/${sampleId}/`
  let found = false
  for await (const _ of storage.list(prefix)) {
    found = true
    break
  }
  // Also when nothing is listed: folders may be there, and what is just being written.
  await storage.remove(prefix)
  return found
}

/** Unfinished uploads of these samples: the id of each begins with that of its sample. */
async function partsOf({ parts }: Services, sampleIds: Set<string>): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>()
  for await (const { id } of parts.list()) {
    const sampleId = id.slice(0, 36)
    if (sampleIds.has(sampleId)) found.set(sampleId, [...(found.get(sampleId) ?? []), id])
  }
  return found
}
