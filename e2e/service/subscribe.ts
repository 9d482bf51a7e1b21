import { sendRequest } from '../raw/send-request.ts'
import type { Partner } from './partner.ts'
import type { Service } from './start-service.ts'

/** Subscribe a receiver to everything that happens in a partner's project. */
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
