import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { webhooksCommand } from './webhooks.ts'

const subscriptionOf = (n: number) => ({
  id: `s${n}`,
  name: 'Orders',
  target: `https://app.clinic.example/${n}`,
  event_types: ['analysis_complete_v2', 'array_data_upload_left'],
  has_secret: n > 0,
  failing_since: null,
  disabled: n === 0,
  disabled_reason: n === 0 ? 'The target answered 410 Gone.' : null,
})
const SUBSCRIPTIONS = Array.from({ length: 240 }, (_, n) => subscriptionOf(n))

/** A service with more subscriptions than a page has. */
let server: Server
let changed: string[]
let printed: string

beforeAll(async () => {
  server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url!, 'http://localhost')
    if (request.method !== 'GET') changed.push(`${request.method} ${pathname}`)
    if (request.method === 'DELETE') return void response.writeHead(204).end()
    const offset = Number(searchParams.get('offset'))
    const results = SUBSCRIPTIONS.slice(offset, offset + Number(searchParams.get('limit')))
    const more = offset + results.length < SUBSCRIPTIONS.length
    const meta = { count: SUBSCRIPTIONS.length, next: more ? 'https://upload.example/next' : null }
    response.setHeader('Content-Type', 'application/json').end(JSON.stringify({ meta, results }))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += text
    return true
  })
})
afterAll(() => {
  vi.restoreAllMocks()
  server.close()
})
beforeEach(() => {
  changed = []
  printed = ''
})

const webhooks = (...args: string[]) => {
  const host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return webhooksCommand().parseAsync([...args, '--host', host, '--api-key', 'k'], { from: 'user' })
}

test('All subscriptions of a project are listed, for people with what is amiss', async () => {
  await webhooks('list', '--project', 'p', '--json')
  expect(JSON.parse(printed)).toEqual(SUBSCRIPTIONS)
  printed = ''
  await webhooks('list', '--project', 'p')
  const [first, second] = printed.split('\n')
  expect(first).toMatch(/^s0 +\S+\/0 +Orders +analysis_complete_v2,\S+ +disabled: .* 410 Gone\.; not signed$/)
  expect(second).toMatch(/^s1 +\S+\/1 +Orders +analysis_complete_v2,array_data_upload_left$/)
})

test('A subscription is deleted by its id', async () => {
  await webhooks('delete', 's7', '--json')
  expect([changed, JSON.parse(printed)]).toEqual([
    ['DELETE /api/v2/project-subscription-details/s7'],
    { deleted: ['s7'] },
  ])
})

test('A receiver that is subscribed already is not subscribed twice, however many others there are', async () => {
  await expect(webhooks('subscribe', SUBSCRIPTIONS[239]!.target, '--project', 'p')).rejects.toMatchObject({
    exitCode: 1,
    message: expect.stringContaining('arraydrop webhooks delete s239'),
  })
  expect(changed).toEqual([])
})
