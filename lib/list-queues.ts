import { z } from 'zod'
import { type Caller, demandRightEverywhere } from '#lib/access/caller.ts'
import type { Services } from '#lib/services.ts'
import { WireTime } from '#lib/wire/fields.ts'
import { listFailingSteps } from './sweep-state.ts'

/** Response of `GET queues/`; ours. */
export const Queues = z.object({
  results: z.array(
    z.object({
      name: z.string(),
      waiting: z.int().min(0),
      running: z.int().min(0),
      /** Age of the job that has waited longest. */
      oldest_seconds: z.number().min(0),
    }),
  ),
  /** Steps of the sweep, which does what time alone makes due, that failed the last time they ran. */
  failing_steps: z.array(z.object({ step: z.string(), since: WireTime, times: z.int().min(1) })),
})
export type Queues = z.infer<typeof Queues>

/** The queues of the whole installation. Throws 403 for callers without access to every project. */
export async function listQueues(
  { queue, db }: Pick<Services, 'queue' | 'db'>,
  caller: Caller,
): Promise<Queues> {
  demandRightEverywhere(caller, 'sample_read')
  const [kinds, failing] = await Promise.all([queue.depth(), listFailingSteps(db)])
  return {
    results: kinds.map(({ oldestSeconds, ...kind }) => ({ ...kind, oldest_seconds: oldestSeconds })),
    failing_steps: failing.map(({ step, since, times }) => ({ step, since: since.toISOString(), times })),
  }
}
