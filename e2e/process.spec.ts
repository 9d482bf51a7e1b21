import { access, chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import os from 'node:os'
import path from 'node:path'
import { freePort } from '#lib/testing/free-port.ts'
import { expect, test } from './fixtures.ts'
import { smallExport } from './raw/raw-export.ts'
import { beginUpload, isWhole, openedPage, rawPage, sendFile } from './raw/raw-page.ts'
import { statusHistoryOf, storedDigests, untilBytesThere, untilStatus } from './raw/sample-state.ts'
import { sendRequest } from './raw/send-request.ts'
import { startProcess } from './raw/start-process.ts'
import { type Service, startService } from './service/start-service.ts'

const ready = async (service: Service) =>
  (await sendRequest(service.address, { method: 'GET', path: '/api/health/ready' })).status

test('SIGTERM lets an upload under way finish, ends with 0, and the next start has everything', async ({
  service,
  partner,
}) => {
  const file = await smallExport(1, { rows: 40_000, stored: true })
  const page = await openedPage(service, partner)
  const at = await beginUpload(page, file)
  const half = Math.floor(file.bytes.length / 2)
  const patch = page.openPatch(at, 0, file.bytes.length)
  await patch.write(file.bytes.subarray(0, half))
  await untilBytesThere(service, at, 0)

  const stopped = service.stop()
  // It stops to listen first: only then is the rest sent.
  const refused = () =>
    sendRequest(service.address, { method: 'GET', path: '/api/health/live' }).then(
      () => false,
      () => true,
    )
  await expect.poll(refused, { intervals: [20] }).toBe(true)
  const answer = await patch.end(file.bytes.subarray(half))
  expect(isWhole(answer, file)).toBe(true)
  expect(await stopped).toBe(0)

  await service.start()
  await untilStatus(partner, page.sampleId, 'succeeded', { seconds: 60 })
  expect(await storedDigests(service, page.sampleId)).toEqual([file.sha256])
  const link = rawPage(service, { sample_id: page.sampleId, url: `http://x/?token=${page.token}` })
  expect((await link.state()).state).toBe('received')
})

for (const program of ['server', 'worker']) {
  const tag = program === 'server' ? [] : '@torture'
  test(`stopped during startup, the ${program} leaves no database running`, { tag }, async () => {
    const dataDir = await mkdtemp(path.join(os.tmpdir(), 'arraydrop-e2e-'))
    await chmod(dataDir, 0o711)
    const pidFile = path.join(dataDir, 'postgres/data/postmaster.pid')
    const there = () =>
      access(pidFile).then(
        () => true,
        () => false,
      )
    try {
      const started = startProcess(`lib/${program}.ts`, [], {
        ...process.env,
        NODE_ENV: 'production',
        PORT: String(await freePort()),
        DATA_DIR: dataDir,
      })
      await expect.poll(there, { intervals: [10] }).toBe(true)
      started.signal('SIGTERM')
      expect(await started.exited).toBe(0)
      expect(await there()).toBe(false)
    } finally {
      await rm(dataDir, { recursive: true, force: true })
    }
  })
}

test('a port that is taken is named, and the start ends with 1', async ({ service }) => {
  const taken = createServer()
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
  const { port } = taken.address() as { port: number }
  try {
    const started = startProcess('lib/server.ts', [], { ...service.environment, PORT: String(port) })
    expect(await started.exited).toBe(1)
    expect(started.output()).toContain(`Port ${port} on 127.0.0.1 is in use`)
    expect(started.output()).not.toContain('stack')
  } finally {
    taken.close()
  }
})

test('a bad environment is refused at once, with all its faults and no secret', { tag: '@torture' }, async ({
  service,
}) => {
  const started = startProcess('lib/server.ts', [], {
    ...service.environment,
    PORT: 'http',
    PUBLIC_URL: 'https://upload.example/path',
    WORKER: 'sometimes',
    APP_SECRET: 'short-and-secret',
    DATABASE_URL: 'mysql://root:hunter2@db/x',
    LOG_LEVEL: 'loud',
  })
  expect(await started.exited).toBe(1)
  for (const name of ['PORT', 'PUBLIC_URL', 'WORKER', 'APP_SECRET', 'DATABASE_URL', 'LOG_LEVEL']) {
    expect(started.output()).toContain(name)
  }
  expect(started.output()).not.toMatch(/short-and-secret|hunter2|\n\s+at /)
})

test('without its database at start it waits: people get a page, programs JSON, and a stop ends it at once', async ({
  service,
}) => {
  const port = await freePort()
  const address = `http://127.0.0.1:${port}`
  const started = startProcess('lib/server.ts', [], {
    ...service.environment,
    PORT: String(port),
    DATABASE_URL: `postgres://nobody@127.0.0.1:${await freePort()}/nowhere`,
  })
  const get = (path: string) => sendRequest(address, { method: 'GET', path })
  const waits = () =>
    get('/api/health/live').then(
      ({ status }) => status,
      () => 0,
    )
  await expect.poll(waits).toBe(200)
  await expect.poll(started.output).toContain('The database cannot be reached yet')
  const page = await get('/array-data-upload?token=x')
  expect([page.status, page.headers['content-type']]).toEqual([503, 'text/html; charset=utf-8'])
  expect(page.headers['retry-after']).toBeTruthy()
  const partner = await get('/api/v2/projects/')
  expect([partner.status, partner.json()]).toEqual([503, { detail: 'Starting; try again in a moment.' }])
  expect(partner.headers['retry-after']).toBeTruthy()
  expect((await get('/api/upload/state')).json()).toMatchObject({ reason: 'service_unavailable' })
  started.signal('SIGTERM')
  expect(await started.exited).toBe(0)
})

test('the test clock does not start where others could reach it', { tag: '@torture' }, async ({
  service,
}) => {
  const started = startProcess('lib/server.ts', [], {
    ...service.environment,
    PUBLIC_URL: 'https://upload.example',
  })
  expect(await started.exited).toBe(1)
  expect(started.output()).toContain('ARRAYDROP_TEST_CLOCK')
})

test('two servers and a worker on one DATA_DIR are one service', { tag: '@torture' }, async ({
  service,
  partner,
}) => {
  // Neither has a clock to turn, and this one works on no jobs.
  const second = await startService({
    DATA_DIR: service.dataDir,
    WORKER: 'off',
    ARRAYDROP_TEST_CLOCK: '0',
  })
  try {
    const file = await smallExport(2, { rows: 20_000, stored: true })
    const link = await partner.mint()
    const [here, there] = [rawPage(service, link), rawPage(second, link)]
    expect((await here.open()).status).toBe(200)
    expect((await there.open()).json()).toMatchObject({ state: 'opened' })

    // A phone whose connection hangs on one server goes on at the other one.
    const at = await beginUpload(here, file)
    const hanging = here.openPatch(at, 0, file.bytes.length)
    // More than a server holds back before it writes.
    await hanging.write(file.bytes.subarray(0, 300_000))
    await untilBytesThere(service, at, 0)
    const offset = Number((await there.head(at)).headers['upload-offset'])
    expect(isWhole(await there.patch(at, offset, file.bytes.subarray(offset)), file)).toBe(true)
    hanging.cut()
    await untilStatus(partner, link.sample_id, 'succeeded')
    expect(await storedDigests(service, link.sample_id)).toEqual([file.sha256])
    expect(
      (await statusHistoryOf(partner, link.sample_id)).filter((status) => status === 'succeeded'),
    ).toHaveLength(1)

    const clock = await sendRequest(second.address, {
      method: 'POST',
      path: '/api/test/clock',
      headers: { 'Content-Type': 'application/json' },
      body: '{"advance_seconds":1}',
    })
    expect(clock.status).toBe(404)
  } finally {
    expect(await second.stop()).toBe(0)
  }
  // The database stays for the one that is left.
  expect(await ready(service)).toBe(200)
  expect((await openedPage(service, partner)).sampleId).toBeTruthy()
})

test('without its database the service says 503 and lives; with it, it is ready again', async ({
  service,
  partner,
}) => {
  const pidFile = path.join(service.dataDir, 'postgres/data/postmaster.pid')
  const postmaster = Number((await readFile(pidFile, 'utf8')).split('\n')[0])
  const children = await readFile(`/proc/${postmaster}/task/${postmaster}/children`, 'utf8').catch(
    () => undefined,
  )
  test.skip(children === undefined, 'not run: the database is stopped by way of /proc, which is not here')
  const all = [postmaster, ...children!.trim().split(' ').map(Number)]
  const signal = (name: NodeJS.Signals) => {
    for (const pid of all) {
      try {
        process.kill(pid, name)
      } catch {
        // A backend that ended meanwhile.
      }
    }
  }
  signal('SIGSTOP')
  try {
    const alive = await sendRequest(service.address, { method: 'GET', path: '/api/health/live' })
    expect(alive.status).toBe(200)
    const answer = await sendRequest(service.address, { method: 'GET', path: '/api/health/ready' })
    expect(answer.status).toBe(503)
    expect(answer.json()).toMatchObject({ database: 'failing' })
  } finally {
    signal('SIGCONT')
  }
  await expect.poll(() => ready(service), { timeout: 60_000 }).toBe(200)
  const page = await openedPage(service, partner)
  await sendFile(page, await smallExport(3))
  await untilStatus(partner, page.sampleId, 'succeeded')
})

test('`arraydrop demo` does the main job without a browser', { tag: '@torture' }, async ({ service }) => {
  const demo = startProcess(
    'lib/cli/main.ts',
    ['demo', '--json', '--host', service.address],
    service.environment,
  )
  const code = await demo.exited
  expect(code, demo.output()).toBe(0)
  expect(JSON.parse(demo.stdout())).toMatchObject({
    sample_id: expect.any(String),
    status: 'succeeded',
    vendor: '23andme',
    last_rejection: null,
  })
})
