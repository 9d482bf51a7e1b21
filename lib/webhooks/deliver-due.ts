import type { Services } from '#lib/services.ts'
import { deliverOne, nextAttempt } from './deliver-one.ts'
import {
  claimDue,
  type DeliveryOutcome,
  type DueDelivery,
  isAnythingDue,
  recordOutcomes,
  selectBacklog,
} from './deliveries-table.ts'
import { IN_FLIGHT_MAX, IN_FLIGHT_RESERVED } from './limits.ts'

/** How often to look for deliveries that fall due, both when idle and while slow receivers are awaited. */
const LOOK_MS = 1_000
/** Times that outcomes are written again while the database is away: longer than a lease, after which all is sent again anyhow. */
const RECORD_TRIES_MAX = 60
/** After so many looks that found nothing they are half as frequent. */
const IDLE_LOOKS = 60
/** How long a stop waits for answers under way. */
const FINISH_MS = 5_000
const NOT_SENT = 'It could not be signed or sent; the server has logged why.'

/**
 * Deliver everything that is due, with as many deliveries at once as the limits allow; resolves once nothing is due or
 * under way. Any number of processes may do so: each notification is claimed by one of them. After a stop or a crash,
 * deliveries under way are made again once their lease has ended: at least once, never lost.
 */
export async function deliverDue(
  services: Services,
  { finishing, aborting }: { finishing?: AbortSignal; aborting?: AbortSignal } = {},
): Promise<void> {
  const signal = aborting ?? new AbortController().signal
  const underWay = new Set<Promise<void>>()
  const ended: DeliveryOutcome[] = []
  const begin = (delivery: DueDelivery) => {
    const running = deliver(services, delivery, signal).then((outcome) => {
      if (outcome) ended.push(outcome)
      underWay.delete(running)
    })
    underWay.add(running)
  }

  for (let failures = 0; ; ) {
    // Outcomes that arrived while the database was busy are written together.
    const outcomes = ended.splice(0)
    try {
      if (outcomes.length > 0) await recordOutcomes(services.db, outcomes)
      outcomes.length = 0
      const room = finishing?.aborted ? 0 : IN_FLIGHT_MAX - underWay.size
      const due = room > 0 ? await claimDue(services.db, { limit: room, reserved: IN_FLIGHT_RESERVED }) : []
      due.forEach(begin)
      failures = 0
    } catch (error) {
      // Kept: what a receiver has taken must not be sent again because our database is away.
      ended.push(...outcomes)
      const isIdle = ended.length + underWay.size === 0
      if (isIdle || finishing?.aborted || ++failures > RECORD_TRIES_MAX) throw error
      await oneOf([])
      continue
    }
    if (ended.length > 0) continue
    if (underWay.size === 0) return
    await oneOf(underWay)
  }
}

/** Never rejects: a delivery that could not be sent, such as for a missing key, has failed. Undefined after a stop. */
async function deliver(
  services: Services,
  delivery: DueDelivery,
  signal: AbortSignal,
): Promise<DeliveryOutcome | undefined> {
  try {
    const outcome = await services.telemetry.span(
      'deliver webhook',
      () => deliverOne(services, delivery, signal),
      { attributes: { 'notification.id': delivery.id, 'notification.attempt': delivery.attempt } },
    )
    if (signal.aborted) return undefined
    measure(services, delivery, outcome)
    return outcome
  } catch (error) {
    services.log.error({ err: error, notification: delivery.id }, 'a webhook could not be sent')
    const { id, subscriptionId, claim } = delivery
    const answer = {
      durationMs: 0,
      responseStatus: null,
      responseMessage: NOT_SENT,
      requestHeaders: {},
      responseHeaders: {},
      gone: false,
    }
    const outcome = { id, subscriptionId, claim, ...answer, ...nextAttempt(delivery) }
    measure(services, delivery, outcome)
    return outcome
  }
}

/** Report how an attempt ended to monitoring, without its target. A partner who tries things out rings no alarm. */
function measure(
  { telemetry }: Services,
  { test }: DueDelivery,
  {
    state,
    responseStatus,
    durationMs,
    untrusted,
  }: Pick<DeliveryOutcome, 'state' | 'responseStatus' | 'durationMs' | 'untrusted'>,
): void {
  const none = untrusted && !test ? 'untrusted' : 'none'
  const status_class = responseStatus === null ? none : `${Math.floor(responseStatus / 100)}xx`
  const outcome = state === 'pending' ? 'to be retried' : state
  telemetry.record('arraydrop.webhook.delivery.duration', durationMs / 1_000, { outcome, status_class })
}

async function oneOf(underWay: Iterable<Promise<void>>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const look = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, LOOK_MS)
  })
  await Promise.race([...underWay, look])
  clearTimeout(timer)
}

/**
 * Deliver whatever falls due until the returned function is called. That claims nothing more and waits a moment for
 * responses under way; deliveries without one by then are made again after the next start.
 */
export function startDelivering(services: Services): () => Promise<void> {
  const finishing = new AbortController()
  const aborting = new AbortController()
  const loop = keepDelivering(services, finishing.signal, aborting.signal)
  return async () => {
    finishing.abort()
    const patience = setTimeout(() => aborting.abort(), FINISH_MS)
    await loop
    clearTimeout(patience)
  }
}

async function keepDelivering(
  services: Services,
  finishing: AbortSignal,
  aborting: AbortSignal,
): Promise<void> {
  let idle = 0
  while (!finishing.aborted) {
    try {
      idle++
      if (await isAnythingDue(services.db)) {
        idle = 0
        await deliverDue(services, { finishing, aborting })
      }
    } catch (error) {
      services.log.error({ err: error }, 'webhooks could not be delivered; tried again in a moment')
    }
    await pause(idle > IDLE_LOOKS ? 2 * LOOK_MS : LOOK_MS, finishing)
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

/** Deliveries still waiting in the whole installation, and how long the oldest has been queued. */
export const measureBacklog = ({
  db,
}: Pick<Services, 'db'>): Promise<{ waiting: number; oldestSeconds: number }> => selectBacklog(db)
