import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { test as base, expect, ROWS_MIN } from './fixtures.ts'
import { smallExport } from './raw/raw-export.ts'
import { openedPage, sendFile } from './raw/raw-page.ts'
import { filesBelow, untilStatus } from './raw/sample-state.ts'
import { sendRequest } from './raw/send-request.ts'
import { type Partner, partnerOf } from './service/partner.ts'
import { type Service, startService } from './service/start-service.ts'

const DAY = 86_400
/** A killed worker's job comes back after its heartbeat, one look of the monitor, and a poll. */
const COMES_BACK_SECONDS = 90

interface Held {
  web: Service
  owner: Partner
  /** From now on the operator's command lets runs through; before, each stands still in it. */
  letGo(): Promise<void>
  /** How many runs have come to the command. */
  arrived(): Promise<number>
  end(): Promise<void>
}

/** A service whose runs end with an operator's command that waits for a word from the test. */
async function startHeld(): Promise<Held> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'arraydrop-command-'))
  const command = path.join(directory, 'command.sh')
  await writeFile(
    command,
    `#!/bin/sh
    here=$(dirname "$0")
    echo here >> "$here/arrived"
    until [ -e "$here/go" ]; do sleep 0.1; done`,
  )
  await chmod(command, 0o755)
  const web = await startService({ ANALYSIS_COMMAND: command })
  return {
    web,
    owner: await partnerOf(web, { rowsMin: ROWS_MIN }),
    letGo: () => writeFile(path.join(directory, 'go'), ''),
    arrived: async () =>
      (await readFile(path.join(directory, 'arrived'), 'utf8').catch(() => '')).split('\n').length - 1,
    async end() {
      await web.dispose()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

/** Once for the tests that ask for it. */
let started: Promise<Held> | undefined
const test = base.extend<{ held: Held }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from this pattern
  held: async ({}, use) => {
    started ??= startHeld()
    await use(await started)
  },
})
test.afterAll(async () => (await started)?.end())

interface Key {
  id: string
  call(method: string, path: string, body?: unknown): Promise<{ status: number; body: string }>
}

async function keyFor(service: Service, partner: Partner, role: string): Promise<Key> {
  const { id, key } = await service.admin<{ id: string; key: string }>(
    'create-api-key',
    '--project',
    partner.projectId,
    '--role',
    role,
  )
  return {
    id,
    async call(method, path, body) {
      const answer = await sendRequest(service.address, {
        method,
        path: `/api/v2/${path}`,
        headers: { Authorization: `Api-Key ${key}`, 'Content-Type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      return { status: answer.status, body: String(answer.body) }
    },
  }
}

async function sentSample(service: Service, partner: Partner, seed: number): Promise<string> {
  const page = await openedPage(service, partner, { metadata: { name: `secret-marker-${seed}` } })
  await sendFile(page, await smallExport(seed))
  return page.sampleId
}

/** Whatever the service keeps of a sample outside its database. */
async function keptOf({ dataDir }: Service, sampleId: string): Promise<string[]> {
  const places = ['files', 'parts', 'scratch'].map((name) => filesBelow(path.join(dataDir, name)))
  return (await Promise.all(places)).flat().filter((file) => file.includes(sampleId))
}

const untilNothingIsKept = (service: Service, sampleId: string, seconds = 30) =>
  expect.poll(() => keptOf(service, sampleId), { timeout: seconds * 1_000 }).toEqual([])

const deleting = (key: Key, { projectId }: Partner, ids: string[]) =>
  key.call('DELETE', `project-delete-samples/${projectId}/`, { sample_ids: ids })

interface WireEntry {
  actor: { kind: string; id: string | null }
  action: string
  targets: string[]
  request_id: string | null
}

async function auditOf(key: Key, { projectId }: Partner, target: string): Promise<WireEntry[]> {
  const { status, body } = await key.call('GET', `project-audit/${projectId}?target=${target}`)
  expect(status).toBe(200)
  return (JSON.parse(body) as { results: WireEntry[] }).results
}

test('a deleted sample is gone at once, its bytes soon, and the trail says who did it', async ({
  service,
  partner,
}) => {
  const manager = await keyFor(service, partner, 'manager')
  const analyst = await keyFor(service, partner, 'analyst')
  const sampleId = await sentSample(service, partner, 41)
  await untilStatus(partner, sampleId, 'succeeded')
  expect(await keptOf(service, sampleId)).not.toEqual([])
  const { files } = (await (await partner.call('GET', `/api/v2/samples/${sampleId}`)).json()) as {
    files: { download_url: string }[]
  }
  const url = new URL(files[0]!.download_url)
  const download = () => sendRequest(service.address, { method: 'GET', path: url.pathname + url.search })
  expect((await download()).status).toBe(200)

  expect((await deleting(analyst, partner, [sampleId])).status).toBe(403)
  expect(await deleting(manager, partner, [sampleId])).toEqual({ status: 204, body: '' })
  for (const path of ['samples', 'sample-metadata', 'sample-statuses', 'array-data-upload-form']) {
    expect((await manager.call('GET', `${path}/${sampleId}`)).status).toBe(404)
  }
  expect((await download()).status).toBe(404)
  expect(await deleting(manager, partner, [sampleId])).toEqual({
    status: 400,
    body: JSON.stringify({ sample_ids: ['All sample ids must be part of the current project.'] }),
  })
  await untilNothingIsKept(service, sampleId)

  const [deletion, ...before] = await auditOf(manager, partner, sampleId)
  expect(deletion).toMatchObject({
    actor: { kind: 'api_key', id: manager.id },
    action: 'sample.delete',
    targets: [sampleId],
  })
  expect(deletion!.request_id).toMatch(/\S/)
  const actions = before.map(({ action }) => action)
  expect(actions).toContain('file.download')
  expect(actions).toContain('file.link')
  expect(await service.admin('verify-audit')).toMatchObject({ ok: true, broken_at: null })
  expect(service.output()).not.toContain('secret-marker')
})

test('every change is in the audit trail with its author and request, and without personal data', async ({
  service,
  partner,
}) => {
  const manager = await keyFor(service, partner, 'manager')
  const analyst = await keyFor(service, partner, 'analyst')
  const { projectId } = partner
  const [one, two] = [await partner.mint(), await partner.mint()]
  const changes: [action: string, method: string, path: string, body?: unknown][] = [
    [
      'sample.metadata_set',
      'POST',
      `sample-metadata/${one.sample_id}`,
      { metadata: { name: 'secret-marker' } },
    ],
    ['session.cancel', 'POST', `array-data-upload-form/${one.sample_id}/cancel`],
    ['sample.cancel', 'POST', `project-cancel-samples/${projectId}`, { sample_ids: [two.sample_id] }],
    ['project.update', 'PATCH', `projects/${projectId}`, { description: 'secret-marker' }],
    ['api_key.create', 'POST', 'user-api-keys', { name: 'secret-marker', role: 'viewer' }],
  ]
  const last: string[] = []
  for (const [, method, path, body] of changes) {
    const answer = await manager.call(method, path, body)
    expect(answer.status).toBeLessThan(300)
    last.push(answer.body)
  }
  const { id: keyId } = JSON.parse(last.at(-1)!) as { id: string }
  const hook = { target: 'https://partner.example/secret-marker', event_types: ['sample_status_changed'] }
  const made = await manager.call('POST', `project-subscriptions/${projectId}`, hook)
  const { id } = JSON.parse(made.body) as { id: string }
  const more: typeof changes = [
    ['subscription.secret', 'POST', `project-subscription-secret/${id}`],
    ['subscription.update', 'PATCH', `project-subscription-details/${id}`, { name: 'secret-marker' }],
    ['subscription.delete', 'DELETE', `project-subscription-details/${id}`],
    ['api_key.revoke', 'DELETE', `user-api-keys/${keyId}`],
  ]
  for (const [, method, path, body] of more) {
    expect((await manager.call(method, path, body)).status).toBeLessThan(300)
  }

  const { body } = await manager.call('GET', `project-audit/${projectId}?limit=200`)
  const { results } = JSON.parse(body) as { results: WireEntry[] }
  const ours = results.filter(({ actor }) => actor.id === manager.id).toReversed()
  expect(ours.map(({ action }) => action)).toEqual([
    ...changes.map(([action]) => action),
    'subscription.create',
    ...more.map(([action]) => action),
  ])
  expect(new Set(ours.map(({ request_id }) => request_id)).size).toBe(ours.length)
  // Names are looked up when the list is read; no entry holds one.
  const kept = results.map((entry) => ({ ...entry, target_names: [] }))
  expect(JSON.stringify(kept)).not.toContain('secret-marker')
  expect((await analyst.call('GET', `project-audit/${projectId}`)).status).toBe(403)
})

test('killed between a deletion and its erasure, and in the middle of a run, the service erases all of it', {
  tag: '@torture',
}, async ({ held: { web, owner, arrived, letGo } }) => {
  test.setTimeout(60_000 + 2 * COMES_BACK_SECONDS * 1_000)
  const manager = await keyFor(web, owner, 'manager')
  const [running, other] = [await sentSample(web, owner, 42), await sentSample(web, owner, 43)]
  await expect.poll(arrived).toBe(2)
  // The command's copy of the original lies in the folder of the run.
  expect((await keptOf(web, running)).some((file) => file.includes('scratch'))).toBe(true)

  expect((await deleting(manager, owner, [running])).status).toBe(204)
  await untilNothingIsKept(web, running)

  expect((await deleting(manager, owner, [other])).status).toBe(204)
  await web.kill()
  await web.start()
  expect((await manager.call('GET', `samples/${other}`)).status).toBe(404)
  await web.advance(61)
  await untilNothingIsKept(web, other, COMES_BACK_SECONDS)
  await letGo()
  expect(await web.admin('verify-audit')).toMatchObject({ ok: true })
})

test('files are deleted after the project’s retention time; the sample and its measurements stay', async ({
  service,
}) => {
  const partner = await partnerOf(service, { rowsMin: ROWS_MIN, name: 'Short Memory' })
  const manager = await keyFor(service, partner, 'manager')
  const refused = await manager.call('PATCH', `projects/${partner.projectId}`, {
    settings: { raw_file_days: 0 },
  })
  expect(refused.status).toBe(400)
  const settings = { raw_file_days: 30, deliverable_days: 60 }
  expect((await manager.call('PATCH', `projects/${partner.projectId}`, { settings })).status).toBe(200)
  const sampleId = await sentSample(service, partner, 44)
  await untilStatus(partner, sampleId, 'succeeded')

  const now = async () => {
    const { body } = await manager.call('GET', `samples/${sampleId}`)
    return JSON.parse(body) as { qc: unknown; files: { file_type: string }[] }
  }
  const typesNow = async () => (await now()).files.map(({ file_type }) => file_type)
  const all = await typesNow()
  expect(all).toContain('array-zip')
  await service.advance(30 * DAY + 3_600)
  expect(await typesNow()).toEqual(all.filter((type) => type !== 'array-zip'))
  expect((await keptOf(service, sampleId)).filter((file) => file.endsWith('.zip'))).toEqual([])
  await service.advance(30 * DAY)
  const { qc, files } = await now()
  expect(files).toEqual([])
  expect(qc).not.toBeNull()
  expect(await keptOf(service, sampleId)).toEqual([])

  const entries = await auditOf(manager, partner, sampleId)
  expect(entries.filter(({ action }) => action === 'retention.erase')).toMatchObject([
    { actor: { kind: 'retention', id: null }, targets: [sampleId] },
    { actor: { kind: 'retention', id: null }, targets: [sampleId] },
  ])
})
