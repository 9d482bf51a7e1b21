import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type pg from 'pg'
import { partnerOf } from '../e2e/service/partner.ts'
import { type Service, startService } from '../e2e/service/start-service.ts'
import type { Measurement } from './measurement.ts'
import { openDatabase } from './open-database.ts'
import { sendRequest } from './send-request.ts'

const ROUNDS = 3
/** Deliveries of one round. */
const EVENTS = 2_000
const SECONDS_MAX = 120

/**
 * Deliveries a second of one worker to a receiver on the same machine, which answers at once: from the first to the
 * last of what fell due in one moment, signed, sent and noted.
 */
export async function measureWebhooks(): Promise<Measurement[]> {
  const service = await startService({ ALLOW_PRIVATE_TARGETS: '1' })
  const receiver = await startCounter()
  const database = await openDatabase(service.dataDir)
  try {
    const { projectId } = await partnerOf(service, { rowsMin: 1_000 })
    const subscriptionId = await subscribe(service, projectId, receiver.url)
    const rates: number[] = []
    for (let round = 0; round <= ROUNDS; round++) {
      const counted = receiver.count(EVENTS)
      await fallDue(database.client, projectId, subscriptionId)
      const milliseconds = await counted
      // The first round warms up.
      if (round > 0) rates.push(((EVENTS - 1) / milliseconds) * 1_000)
    }
    return [
      {
        what: 'Webhook deliveries of one worker to a local receiver',
        value: Math.max(...rates),
        bound: { atLeast: 200 },
        unit: '/s',
        alone: true,
        record: `the most of ${ROUNDS} rounds of ${EVENTS.toLocaleString('en')}, the least ${Math.min(...rates).toFixed(0)} a second`,
      },
    ]
  } finally {
    await database.close()
    receiver.stop()
    await service.dispose()
  }
}

async function subscribe(service: Service, projectId: string, target: string): Promise<string> {
  const { key } = await service.admin<{ key: string }>('create-api-key', '--role', 'manager')
  const { status, body } = await sendRequest(service.address, {
    method: 'POST',
    path: `/api/v2/project-subscriptions/${projectId}/`,
    headers: { Authorization: `Api-Key ${key}`, 'Content-Type': 'application/json' },
    body: new TextEncoder().encode(JSON.stringify({ target, event_types: ['sample_status_changed'] })),
  })
  if (status !== 201) throw new Error(`Subscribing answered ${status}: ${body}`)
  return (JSON.parse(body) as { id: string }).id
}

/** One event for each of as many samples, all due now. */
async function fallDue(client: pg.Client, projectId: string, subscriptionId: string): Promise<void> {
  await client.query(
    `with told as (
       insert into webhook_event (id, project_id, type, payload)
       select gen_random_uuid(), $1::uuid, 'sample_status_changed',
              json_build_object('project', json_build_object('id', $1::uuid), 'samples', json_build_array(json_build_object(
                'id', gen_random_uuid(), 'client_id', 'client-' || n, 'last_status', json_build_object('status', 'running'))))
       from generate_series(1, $3::int) n
       returning id
     )
     insert into notification (subscription_id, event_id, sample_id, attempts_max)
     select $2::uuid, id, gen_random_uuid(), 10 from told`,
    [projectId, subscriptionId, EVENTS],
  )
}

/** Answers 200 to everything; `count` resolves with the milliseconds between the first and the last of so many. */
async function startCounter() {
  let left = 0
  let first = 0
  let done: (milliseconds: number) => void = () => {}
  const server = createServer((request, response) => {
    request.resume().once('end', () => {
      response.end()
      first ||= performance.now()
      if (--left === 0) done(performance.now() - first)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    count(deliveries: number): Promise<number> {
      left = deliveries
      first = 0
      return new Promise((resolve, reject) => {
        const deadline = setTimeout(
          () => reject(new Error(`${left} deliveries did not arrive`)),
          SECONDS_MAX * 1_000,
        )
        done = (milliseconds) => {
          clearTimeout(deadline)
          resolve(milliseconds)
        }
      })
    },
    stop(): void {
      server.closeAllConnections()
      server.close()
    },
  }
}
