import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from './fixtures.ts'
import { smallExport } from './raw/raw-export.ts'
import { isWhole, rawPage, sendFile } from './raw/raw-page.ts'
import { sendRequest } from './raw/send-request.ts'
import { type Service, startService } from './service/start-service.ts'
import { layOutStateOf01, type StateOf01 } from './service/state-of-0.1.ts'
import { startWebhookReceiver, type WebhookReceiver } from './service/webhook-receiver.ts'

/** Longer than the first wait between two attempts of a delivery. */
const NEXT_ATTEMPT_SECONDS = 400

let dataDir: string
let receiver: WebhookReceiver
let service: Service
let old: StateOf01

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  dataDir = await mkdtemp(path.join(os.tmpdir(), 'arraydrop-e2e-'))
  receiver = await startWebhookReceiver()
  old = await layOutStateOf01(dataDir, receiver.url)
  service = await startService({ DATA_DIR: dataDir, PUBLIC_URL: old.origin, ALLOW_PRIVATE_TARGETS: '1' })
})
test.afterAll(async () => {
  await service?.dispose()
  await receiver?.stop()
  await rm(dataDir, { recursive: true, force: true })
})

const call = (
  method: string,
  target: string,
  { key = old.key, body }: { key?: string; body?: object } = {},
) =>
  sendRequest(service.address, {
    method,
    path: target,
    headers: { Authorization: `Api-Key ${key}`, 'Content-Type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
const statusOf = async (sampleId: string) =>
  (await call('GET', `/api/v2/samples/${sampleId}`)).json<{ last_status: { status: string } }>().last_status
    .status

test('after the upgrade from 0.1, what was received is there, with its results and its history', async () => {
  const { files, last_status } = (await call('GET', `/api/v2/samples/${old.done.sample_id}`)).json<{
    files: { file_type: string; download_url: string }[]
    last_status: { status: string }
  }>()
  expect(last_status.status).toBe('succeeded')
  expect(files.map(({ file_type }) => file_type)).toEqual(
    expect.arrayContaining(['array-zip', 'genotypes-tsv', 'plink-bed', 'qc-json']),
  )
  const { pathname, search } = new URL(files.find(({ file_type }) => file_type === 'array-zip')!.download_url)
  const zip = await fetch(`${service.address}${pathname}${search}`)
  const digest = createHash('sha256')
    .update(Buffer.from(await zip.arrayBuffer()))
    .digest('hex')
  expect(digest).toBe(old.done.sha256)
  const history = await call('GET', `/api/v2/sample-statuses/${old.done.sample_id}`)
  expect(history.json<{ results: object[] }>().results.length).toBeGreaterThan(3)
  const found = await call('GET', `/api/v2/project-samples/${old.projectId}?search=Blue%20Harbour`)
  expect(found.json()).toMatchObject({ meta: { count: 1 } })
})

test('an upload that 0.1 had half received goes on where it was, and a link of 0.1 opens', async () => {
  const half = rawPage(service, old.half)
  const { state, upload } = await half.state()
  expect([state, upload?.offset]).toEqual(['opened', old.half.sent])
  const bytes = Buffer.from(old.half.file, 'base64')
  const rest = await half.patch(old.half.at, old.half.sent, bytes.subarray(old.half.sent))
  expect(isWhole(rest, { bytes })).toBe(true)
  const minted = rawPage(service, old.minted)
  expect((await minted.open()).status).toBe(200)
  await sendFile(minted, await smallExport(3))
  for (const { sample_id } of [old.half, old.minted])
    await expect.poll(() => statusOf(sample_id)).toBe('succeeded')
})

test('keys, people, webhooks and the audit trail of 0.1 are what they were', async () => {
  const link = await call('POST', '/api/v2/array-data-upload-form/')
  expect(link.status).toBe(201)
  const settings = { link_form: 'fragment' }
  const project = `/api/v2/projects/${old.projectId}`
  const changed = await call('PATCH', project, { key: old.manager, body: { settings } })
  expect(changed.json()).toMatchObject({ name: 'Partner of 0.1', settings: { rows_min: 1_000, ...settings } })
  const signedIn = await sendRequest(service.address, {
    method: 'POST',
    path: '/api/auth/sign-in',
    headers: { Origin: old.origin, 'Content-Type': 'application/json' },
    body: JSON.stringify(old.user),
  })
  expect(signedIn.status, signedIn.body).toBe(200)
  const delivered = async () => {
    await service.advance(NEXT_ATTEMPT_SECONDS)
    return receiver.delivered.map(({ type, sampleId }) => `${type} ${sampleId}`)
  }
  await expect
    .poll(delivered, { intervals: [500, 2_000] })
    .toContain(`analysis_complete_v2 ${old.done.sample_id}`)
  expect(await service.admin('verify-audit')).toMatchObject({ entries: expect.any(Number) })
})
