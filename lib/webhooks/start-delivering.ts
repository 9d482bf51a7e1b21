import type { Services } from '#lib/services.ts'
import { deliverDue } from './deliver-due.ts'

/** Longest that an event waits for its first attempt while nothing else is being delivered. */
const LOOK_MILLISECONDS = 1_000
/** A stop waits so long for answers under way. */
const FINISH_MILLISECONDS = 5_000

/**
 * Deliver what is due, now and whenever something falls due, until the answer is called. That takes up nothing more
 * and waits a moment for answers under way; what has none by then is delivered again after the next start.
 */
export function startDelivering(services: Services): () => Promise<void> {
  const finishing = new AbortController()
  const aborting = new AbortController()
  const loop = keepDelivering(services, finishing.signal, aborting.signal)
  return async () => {
    finishing.abort()
    const patience = setTimeout(() => aborting.abort(), FINISH_MILLISECONDS)
    await loop
    clearTimeout(patience)
  }
}

async function keepDelivering(
  services: Services,
  finishing: AbortSignal,
  aborting: AbortSignal,
): Promise<void> {
  while (!finishing.aborted) {
    await deliverDue(services, { finishing, aborting }).catch((error: unknown) => {
      services.log.error({ err: error }, 'webhooks could not be delivered; tried again in a moment')
    })
    await pause(LOOK_MILLISECONDS, finishing)
  }
}

function pause(milliseconds: number, ended: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (ended.aborted) return resolve()
    const timer = setTimeout(resolve, milliseconds)
    const end = () => {
      clearTimeout(timer)
      resolve()
    }
    ended.addEventListener('abort', end, { once: true })
  })
}
