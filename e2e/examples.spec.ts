import { execFile, execFileSync, type SpawnOptions, spawn, spawnSync } from 'node:child_process'
import { copyFile, mkdtemp, rm, symlink } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { freePort } from '#lib/testing/free-port.ts'
import { expect, ROWS_MIN, test } from './fixtures.ts'
import { smallExport } from './raw/raw-export.ts'
import { rawPage, sendFile } from './raw/raw-page.ts'
import { type Partner, partnerOf } from './service/partner.ts'
import { type Service, startService } from './service/start-service.ts'

const ROOT = path.resolve(import.meta.dirname, '..')
/** Debian's, which has the packages of the distribution. */
const PYTHON = '/usr/bin/python3'
const INSTALL_MS_MAX = 1_200_000

let service: Service
let partner: Partner
let managerKey: string
let folder: string
/** A clone, so that what is installed here does not stay in this one. */
let clone: string

test.beforeAll(async () => {
  service = await startService({ ALLOW_PRIVATE_TARGETS: '1' })
  partner = await partnerOf(service, { rowsMin: ROWS_MIN })
  const flags = ['--project', partner.projectId, '--role', 'manager']
  managerKey = (await service.admin<{ key: string }>('create-api-key', ...flags)).key
  folder = await mkdtemp(path.join(os.tmpdir(), 'arraydrop-examples-'))
  clone = path.join(folder, 'arraydrop')
  execFileSync('git', ['clone', '--quiet', '--depth', '1', `file://${ROOT}`, clone])
  await symlink(path.join(ROOT, 'node_modules'), path.join(clone, 'node_modules'))
})
test.afterAll(async () => {
  await service?.dispose()
  if (folder) await rm(folder, { recursive: true, force: true })
})

/** The API by the manager's key, which may subscribe. */
async function manage<Answer>(method: string, at: string, body?: unknown): Promise<Answer> {
  const answer = await fetch(new URL(at, service.address), {
    method,
    headers: { Authorization: `Api-Key ${managerKey}`, 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  expect(answer.ok, `${at}: ${answer.status}`).toBe(true)
  return (await answer.json()) as Answer
}

/** An example that runs on a port of its own, and the subscription that calls it. */
interface Running {
  address: string
  subscription: string
  hook: string
}

/** Runs an example's own command, subscribed to the project, for as long as the visit takes. */
async function running(
  { cwd, command, hook }: { cwd: string; command: (port: number) => string[]; hook: string },
  visit: (example: Running) => Promise<void>,
): Promise<void> {
  const port = await freePort()
  const address = `http://127.0.0.1:${port}`
  const { id } = await manage<{ id: string }>('POST', `/api/v2/project-subscriptions/${partner.projectId}`, {
    target: address + hook,
    event_types: ['sample_status_changed', 'analysis_complete_v2'],
  })
  const { secret } = await manage<{ secret: string }>('POST', `/api/v2/project-subscription-secret/${id}`)
  const [program = '', ...args] = command(port)
  const options: SpawnOptions = {
    cwd,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      NODE_ENV: undefined,
      PORT: String(port),
      ARRAYDROP_HOST: service.address,
      ARRAYDROP_API_KEY: partner.apiKey,
      ARRAYDROP_WEBHOOK_SECRET: secret,
    } as never,
  }
  const child = spawn(program, args, options)
  let said = ''
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (text) => (said += text))
  const ended = new Promise((resolve) => child.once('exit', resolve))
  try {
    const up = async () => {
      expect(child.exitCode, said).toBe(null)
      return fetch(address).then(
        () => true,
        () => false,
      )
    }
    await expect.poll(up, { timeout: 120_000 }).toBe(true)
    await visit({ address, subscription: id, hook })
  } finally {
    if (child.exitCode === null) process.kill(-child.pid!, 'SIGTERM')
    await ended
    await manage('DELETE', `/api/v2/project-subscription-details/${id}`).catch(() => {})
  }
}

/** A forged delivery is refused; those of an upload through this link are taken, each verified by the example. */
async function takesItsWebhooks(
  { address, subscription, hook }: Running,
  link: { sample_id: string; url: string },
) {
  const forged = await fetch(address + hook, {
    method: 'POST',
    headers: { 'Gencove-Signature': 't=1,v1=00', 'Content-Type': 'application/json' },
    body: '[]',
  })
  expect(forged.status).toBe(401)

  const page = rawPage(service, link)
  await page.open()
  await sendFile(page, await smallExport(1))
  interface Told {
    results: { notification_event_type: string; status: string; response_status: number | null }[]
  }
  const told = async () =>
    (await manage<Told>('GET', `/api/v2/project-subscription-notifications/${subscription}`)).results
  await expect
    .poll(async () => (await told()).map((one) => `${one.notification_event_type} ${one.status}`), {
      timeout: 120_000,
    })
    .toContain('analysis_complete_v2 delivered')
  expect((await told()).map(({ response_status }) => response_status)).toEqual((await told()).map(() => 204))
}

/** A link that the example minted, with the id of its sample, which the example keeps to itself. */
async function linkOf({ address }: Running): Promise<{ sample_id: string; url: string }> {
  const answer = await fetch(`${address}/upload-links`, { method: 'POST' })
  expect(answer.status).toBe(201)
  const { url } = (await answer.json()) as { url: string }
  const [, claims = ''] = new URL(url).searchParams.get('token')!.split('.')
  return { url, sample_id: JSON.parse(Buffer.from(claims, 'base64url').toString()).sub }
}

/** Not synchronous: a connection that the service closes meanwhile would be used again. */
const npm = (args: string[], cwd: string) =>
  promisify(execFile)('npm', args, { cwd, env: { ...process.env, NODE_ENV: undefined } as never })

test('the example with Express is installed, mints a link, and verifies the webhooks of its upload', async () => {
  test.setTimeout(INSTALL_MS_MAX)
  const cwd = path.join(clone, 'examples/express')
  await npm(['install', '--no-audit', '--no-fund'], cwd)
  await running({ cwd, hook: '/webhooks', command: () => ['npm', 'start'] }, async (example) => {
    expect(await (await fetch(example.address)).text()).toContain('upload-links')
    await takesItsWebhooks(example, await linkOf(example))
  })
})

test('the example with FastAPI mints a link, and verifies the webhooks of its upload', async () => {
  const there = spawnSync(PYTHON, ['-c', 'import fastapi, uvicorn']).status === 0
  test.skip(!there, 'the example with FastAPI: no python3-fastapi and python3-uvicorn here')
  const cwd = path.join(clone, 'examples/fastapi')
  await copyFile(path.join(clone, 'clients/python/arraydrop.py'), path.join(cwd, 'arraydrop.py'))
  const command = (port: number) => [PYTHON, '-m', 'uvicorn', 'main:app', '--port', String(port)]
  await running({ cwd, hook: '/webhooks', command }, async (example) => {
    expect(await (await fetch(example.address)).text()).toContain('upload-links')
    await takesItsWebhooks(example, await linkOf(example))
  })
})

test('the example with Next.js is installed and built, and verifies webhooks', async () => {
  test.setTimeout(INSTALL_MS_MAX)
  const cwd = path.join(clone, 'examples/next')
  for (const types of ['embed.d.ts', 'embed-react.d.ts'])
    await copyFile(path.join(clone, 'public', types), path.join(cwd, types))
  await npm(['install', '--no-audit', '--no-fund'], cwd)
  await npm(['run', 'build'], cwd)
  const command = (port: number) => ['npx', 'next', 'start', '--port', String(port)]
  await running({ cwd, hook: '/api/webhooks', command }, async (example) => {
    expect(await (await fetch(`${example.address}/upload`)).text()).toContain('Upload my file')
    await takesItsWebhooks(example, await partner.mint())
  })
})
