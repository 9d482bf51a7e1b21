import { workOff, workTime } from '#lib/platform/work-off.ts'
import type { Services } from '#lib/services.ts'
import {
  clearCounters,
  countTheseSamples,
  mergeChanges,
  type SamplePlace,
  selectSamplesAfter,
} from './counters-table.ts'

/** Notes, or samples, of one statement: a tenth of a second. */
const BATCH = 1_000

/**
 * Bring the counters up to what was committed before the call. Any number of processes may call it at once, and as often
 * as they like. While the counters are being rebuilt it gives up after a moment, and with a great many changes once
 * `isOver`, by default after a minute, but not before a batch of them: they are then as of a little earlier.
 */
export const countInsights = async (
  { db }: Pick<Services, 'db'>,
  isOver: () => boolean = workTime(),
): Promise<void> => {
  const batch = async () => (await mergeChanges(db, BATCH)) === BATCH
  if (await batch()) await workOff(batch, isOver)
}

/**
 * Count every sample from the beginning, in one transaction: what others read until it ends is what was there before. Returns
 * how many samples were counted.
 */
export async function rebuildInsights({ db }: Pick<Services, 'db'>): Promise<number> {
  const counted = await db.transaction().execute(async (tx) => {
    await clearCounters(tx)
    let samples = 0
    let last: SamplePlace | null = null
    let batch: SamplePlace[]
    do {
      batch = await selectSamplesAfter(tx, last, BATCH)
      await countTheseSamples(
        tx,
        batch.map(({ id }) => id),
      )
      samples += batch.length
      last = batch.at(-1) ?? null
    } while (batch.length === BATCH)
    return samples
  })
  await countInsights({ db })
  return counted
}
