import type { HandOver } from '#lib/platform/queue/queue.ts'
import type { Services } from '#lib/services.ts'
import { isPutOff } from './put-off.ts'
import { type Hold, updateHeld, updateLetGo } from './runs-table.ts'

/** A worker that has said nothing for so long is taken for dead, and its run is anybody's. */
export const HOLD_SECONDS = 10
/** How soon a worker notices that its run was canceled. */
const RENEW_MS = 1_000

/**
 * Do the work of a run while this worker has it. When the run is canceled, deleted or taken over, `work` is aborted
 * within a second or so, and the answer is `lost` whatever becomes of it. A rejection of `work` gives the run back, for
 * the next one to take at once, and is passed on; when it was put off, or our own process stops, the attempt counts as no failure. A
 * database that is away for a while changes nothing.
 */
export async function holdRun<T>(
  { db }: Services,
  hold: Hold,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T | 'lost'> {
  const lost = new AbortController()
  let asking: Promise<void> | undefined
  const ask = async () => {
    // Unknown is not lost: a worker that takes the run over has a higher attempt, which voids everything of ours.
    const held = await updateHeld(db, hold).catch(() => true)
    if (!held) lost.abort(new Error('The run was canceled, or another worker has it'))
    asking = undefined
  }
  const timer = setInterval(() => {
    asking ??= ask()
  }, RENEW_MS)
  try {
    return await work(AbortSignal.any([signal, lost.signal]))
  } catch (error) {
    clearInterval(timer)
    await asking
    if (lost.signal.aborted) return 'lost'
    // Without a database the hold runs out by itself.
    const as = isPutOff(error) ? 'put off' : isHandedOver(signal) ? 'handed over' : 'failed'
    await updateLetGo(db, hold, as).catch(() => {})
    throw error
  } finally {
    clearInterval(timer)
    await asking
  }
}

/** Whether the work was aborted because this process stops, and not because it took too long. */
const isHandedOver = ({ reason }: AbortSignal): boolean =>
  reason instanceof Error && reason.name === ('HandOver' satisfies HandOver['name'])
