import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from '@playwright/test'
import { Webhook } from 'standardwebhooks'
import { sendRequest } from '../raw/send-request.ts'
import type { Partner } from './partner.ts'
import type { Service } from './start-service.ts'

/** One delivery, as a partner's server reads it. */
export interface Delivered {
  id: string
  type: string
  sampleId: string
  status: string
  reason: string | undefined
  headers: Record<string, string>
  body: string
}

/** A partner's server that keeps what it receives. It can hang, refuse, die, and come back on the same port. */
export interface WebhookReceiver {
  url: string
  delivered: Delivered[]
  /** Sets the status of the next responses; null for no response at all. */
  answer(status: number | null): void
  start(): Promise<void>
  stop(): Promise<void>
}

export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const delivered: Delivered[] = []
  let status: number | null = 200
  let server: Server | undefined
  let port = 0

  const start = async () => {
    server = createServer(async (request, response) => {
      let body = ''
      for await (const chunk of request) body += chunk
      const [event] = JSON.parse(body)
      const [sample] = event.payload.samples
      delivered.push({
        id: event.event_id,
        type: event.event_type,
        sampleId: sample.id,
        status: sample.last_status.status,
        reason: event.payload.reason,
        headers: request.headers as Record<string, string>,
        body,
      })
      if (status !== null) response.writeHead(status).end()
    })
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    port = (server.address() as AddressInfo).port
  }
  await start()
  return {
    delivered,
    start,
    url: `http://127.0.0.1:${port}/arraydrop`,
    answer: (next) => {
      status = next
    },
    async stop() {
      server?.closeAllConnections()
      await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)))
      server = undefined
    },
  }
}

/** Both signatures, each as its own documentation says to check it. Throws when one does not hold. */
export function verifySignatures(secret: string, { headers, body, id }: Delivered): void {
  new Webhook(secret).verify(body, headers)
  expect(headers['webhook-id']).toBe(id)
  const [, t, v1] = /^t=(\d+),v1=([0-9a-f]{128})$/.exec(headers['gencove-signature']!)!
  expect(v1).toBe(createHmac('sha512', secret).update(`${t}.${body}`).digest('hex'))
}

/** Subscribes a receiver to every event of a partner's project. */
export async function subscribe(service: Service, partner: Partner, target: string): Promise<void> {
  const { key } = await service.admin<{ key: string }>('create-api-key', '--role', 'manager')
  const headers = { Authorization: `Api-Key ${key}`, 'Content-Type': 'application/json' }
  const types = await partner.call('GET', '/api/v2/project-subscription-event-types/', undefined, headers)
  const { results } = (await types.json()) as { results: { key: string }[] }
  const made = await sendRequest(service.address, {
    method: 'POST',
    path: `/api/v2/project-subscriptions/${partner.projectId}`,
    headers,
    body: JSON.stringify({ target, event_types: results.map((type) => type.key) }),
  })
  if (made.status !== 201) throw new Error(`Subscribing answered ${made.status}: ${made.body}`)
}

/**
 * Summarizes the events delivered for a sample: sorted, each once however often it was delivered. Leaves out that a run
 * began, which can happen several times: a run whose worker was killed starts again.
 */
export function summarizeDeliveries(delivered: Delivered[], sampleId: string): string[] {
  const own = delivered.filter((one) => one.sampleId === sampleId)
  const events = [...new Map(own.map((one) => [one.id, one])).values()]
  return events
    .filter(({ type, status }) => !(type === 'sample_status_changed' && status === 'running'))
    .map(({ type, status }) => `${type}: ${status}`)
    .sort()
}

/** The summary of a sample whose file was received and analysed. */
export const EVENTS_OF_A_SUCCESS = [
  'analysis_complete_v2: succeeded',
  'array_data_upload_opened: consumer awaiting data',
  'array_data_upload_received: scheduled',
  'sample_status_changed: scheduled',
  'sample_status_changed: succeeded',
]
