import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { runAnalysis } from '#lib/analysis/run-analysis.ts'
import { provideServices } from '#lib/services.ts'
import { openSession } from '#lib/sessions/open-session.ts'
import { receiveUpload } from '#lib/sessions/upload/receive-upload.ts'
import { verifyUpload } from '#lib/sessions/upload/verify-upload.ts'
import { callRoute } from '#lib/testing/call-route.ts'
import { createTestDatabase, type TestDatabase } from '#lib/testing/test-database.ts'
import {
  type TestLink,
  type TestPartner,
  type TestServices,
  testServices,
} from '#lib/testing/test-services.ts'
import { JOB_POLICIES } from './jobs.ts'
import { openDownload } from './samples/open-download.ts'
import { sendDownload } from './samples/send-download.ts'

const CLIENTS = 16

/** One client of the partner, as far as it has come. */
interface Client {
  link?: TestLink
  uploadId?: string
  url?: string
}

let database: TestDatabase
let t: TestServices
let partner: TestPartner
beforeAll(async () => {
  database = await createTestDatabase(JOB_POLICIES)
  // Whoever waits for one that stands still fails, and says so.
  await onDatabase((client) =>
    client.query(`alter database ${new URL(database.url).pathname.slice(1)} set lock_timeout = '5s'`),
  )
  t = await testServices({}, database)
  provideServices(t.services)
  partner = await t.aPartner()
  const { key } = await t.aKey({ role: 'owner' })
  const body = {
    target: 'https://partner.example/hook',
    event_types: ['analysis_complete_v2'],
  }
  expect((await call('POST', `project-subscriptions/${partner.project.id}`, body, key)).status).toBe(201)
})
afterAll(async () => {
  provideServices(undefined)
  await t.stop()
})

async function onDatabase<T>(act: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  try {
    return await act(client)
  } finally {
    await client.end()
  }
}

function call(method: string, at: string, body?: unknown, key = partner.key): Promise<Response> {
  const headers = {
    Authorization: `Api-Key ${key}`,
    'Content-Type': 'application/json',
    ...(method === 'POST' ? { 'Idempotency-Key': crypto.randomUUID() } : {}),
  }
  const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }
  return callRoute(new Request(`http://localhost/api/v2/${at}`, init))
}

/** What clients do one after the other; all of them belong to one project and one key. */
const PHASES: Record<string, (client: Client) => Promise<void>> = {
  async mint() {
    expect((await call('POST', 'array-data-upload-form/', { metadata: { order: 7 } })).status).toBe(201)
  },
  async open({ link }) {
    await openSession(t.services, await t.readSession(link!))
  },
  async send(client) {
    client.uploadId = await t.anUpload(client.link!, { bytes: randomBytes(200) })
  },
  receive: ({ uploadId }) => receiveUpload(t.services, uploadId!),
  verify: ({ uploadId }) => verifyUpload(t.services, { uploadId: uploadId! }),
  async analyse({ link }) {
    await runAnalysis(t.services, { runId: await t.runOf(link!.sampleId) })
  },
  async read(client) {
    const answer = await call('GET', `samples/${client.link!.sampleId}`)
    const { files } = (await answer.json()) as { files: { download_url: string }[] }
    client.url = files[0]!.download_url
  },
  async download({ url }) {
    // A later part is recorded once an hour, which takes a lock.
    const request = new Request(url!, { headers: { Range: 'bytes=10-' } })
    const [, fileId] = /\/api\/files\/([^/]+)\//.exec(url!)!
    const asked = { request, requestId: 'r', address: '203.0.113.9' }
    const response = await sendDownload(t.services, await openDownload(t.services, fileId!, asked), request)
    expect((await response.arrayBuffer()).byteLength).toBe(190)
  },
}

/**
 * Let `act` stand still, with all that it has locked, right before it commits: the first time, or after so many others. A
 * statement that writes by itself counts as a transaction. `held` resolves once it stands, with false if it never does.
 */
function holding(after: number, act: () => Promise<unknown>) {
  const reached = Promise.withResolvers<boolean>()
  const letGo = Promise.withResolvers<void>()
  const query = pg.Client.prototype.query as (...args: unknown[]) => Promise<unknown>
  const open = new WeakSet<object>()
  let ends = 0
  const hold = async () => {
    if (ends++ !== after) return
    reached.resolve(true)
    await letGo.promise
  }
  const spy = vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (
    this: pg.Client,
    ...args: unknown[]
  ) {
    const send = (...sent: unknown[]) => query.apply(this, sent)
    const [text] = args
    if (typeof text !== 'string' || args.some((arg) => typeof arg === 'function')) return send(...args)
    if (/^\s*(begin|start transaction)/i.test(text)) open.add(this)
    if (/^\s*(commit|rollback)/i.test(text)) {
      open.delete(this)
      return hold().then(() => send(...args))
    }
    if (open.has(this) || !/\b(insert|update|delete|for update|for share|_lock)\b/i.test(text))
      return send(...args)
    return (async () => {
      await send('begin')
      try {
        const result = await send(...args)
        await hold()
        await send('commit')
        return result
      } catch (error) {
        await send('rollback')
        throw error
      }
    })()
  } as never)
  const acted = act().finally(() => reached.resolve(false))
  return {
    held: reached.promise,
    async release() {
      letGo.resolve()
      await acted.finally(() => spy.mockRestore())
    },
  }
}

/** Clients that have done everything before this phase. */
async function clientsBefore(phase: string): Promise<Client[]> {
  const links =
    phase === 'mint' ? [] : await Promise.all(Array.from({ length: CLIENTS }, () => t.aLink({}, partner)))
  const clients = Array.from({ length: CLIENTS }, (_, n): Client => (links[n] ? { link: links[n] } : {}))
  for (const [name, act] of Object.entries(PHASES)) {
    if (name === phase) break
    if (name !== 'mint') await Promise.all(clients.map(act))
  }
  return clients
}

test.each(Object.entries(PHASES))(
  'Of sixteen clients at once fifteen %s to the end while one stands still, at whatever point',
  async (phase, act) => {
    for (let point = 0; ; point++) {
      const [first, ...others] = await clientsBefore(phase)
      const standing = holding(point, () => act(first!))
      const isHeld = await standing.held
      try {
        if (isHeld) await Promise.all(others.map(act))
      } finally {
        await standing.release()
      }
      if (!isHeld) {
        // Something was held before: what this test is about.
        expect(point).toBeGreaterThan(0)
        return
      }
    }
  },
)
