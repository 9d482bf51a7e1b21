import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type DatabaseByTcp, databaseByTcp } from '#lib/testing/database-by-tcp.ts'
import { createTestDatabase, type TestDatabase } from '#lib/testing/test-database.ts'
import { type Start, startTopology, type Topology, topologyHere } from './compose-for-tests.ts'
import { type Container, Containers, containersHere, type Image } from './containers-for-tests.ts'

const MINUTE = 60_000
const BASE = 'node:24-bookworm-slim'
const possible = Boolean(process.env.ARRAYDROP_TORTURE) && containersHere && topologyHere

/** The short form is image-files.test.ts; image.compile.test.ts is the same without containers. */
describe.skipIf(!possible)('Container: the image that the Containerfile describes', () => {
  let folder: string
  let containers: Containers
  let image: Image
  let database: TestDatabase
  let reached: DatabaseByTcp
  let topology: Topology<Container>

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'arraydrop-container-'))
    containers = new Containers(folder)
    await containers.prepareBase(BASE)
    image = await containers.build()
    database = await createTestDatabase()
    // The image's user may not open the socket of another one.
    reached = await databaseByTcp(database.url)
    let started = 0
    const start: Start<Container> = (command, env) => {
      const data = path.join(folder, `data-${started++}`)
      mkdirSync(data, { mode: 0o700 })
      image.own(data)
      return image.run({ command, env, volumes: { '/data': data } })
    }
    topology = await startTopology(start, reached.url)
  }, 60 * MINUTE)
  afterAll(async () => {
    await topology?.stop()
    await reached?.stop()
    await database?.drop()
    await containers.dispose()
    rmSync(folder, { recursive: true, force: true })
  }, 5 * MINUTE)

  test('Container: it runs as its user, without a capability, and can write nothing but its data', async () => {
    const [web] = topology.web
    const say = async (script: string) => (await web!.exec('sh', '-c', script)).stdout.trim()
    expect(await say('id -un')).toBe('node')
    expect(await say('grep CapEff /proc/1/status')).toMatch(/\s0+$/)
    for (const place of ['/app', '/app/.next', '/usr', '/home/node']) {
      expect((await web!.exec('touch', `${place}/x`)).code, place).not.toBe(0)
    }
    expect((await web!.exec('touch', '/data/x')).code).toBe(0)
    expect(Object.keys(image.settings.Volumes)).toEqual(['/data'])
  })

  test('Container: its own health check knows a server that is ready from one that is not', async () => {
    const [how, ...command] = image.settings.Healthcheck.Test
    expect(how).toBe('CMD')
    const { HOST } = Object.fromEntries(image.settings.Env.map((setting) => setting.split(/=(.*)/s)))
    expect(HOST, 'it asks 127.0.0.1').toBe('0.0.0.0')
    const [web] = topology.web
    // The servers of this test listen on other addresses of the loopback network, all of them on one port.
    const asked = command.map((part) => part.replace('127.0.0.1', '127.0.0.2'))
    expect((await web!.exec(...asked)).code).toBe(0)
    expect((await web!.exec(...command)).code).toBe(1)
  })

  test('Container: what only builds, tests or describes is not in it; licences are', async () => {
    const [web] = topology.web
    const find = async (tests: string) => (await web!.exec('sh', '-c', `find ${tests}`)).stdout.trim()
    const ours = "/app -path /app/node_modules -prune -o \\( -name '*.test.ts' -o -name '.env*' \\) -print"
    expect(await find(ours)).toBe('')
    expect(await find("/app/node_modules -name '*.map'")).toBe('')
    expect(await find('/app -path /app/.next/cache -o -path /app/node_modules/typescript')).toBe('')
    expect(await find("/app -path '*/node_modules/next/license.md'")).not.toBe('')
  })

  test(
    'Container: the journey succeeds on two web servers and two workers, and on what is left when one of each is gone',
    async () => {
      const journey = async (from: Container) => {
        const { stdout, stderr } = await from.exec('arraydrop', 'demo', '--json', '--host', topology.origin)
        expect(JSON.parse(stdout || '{}'), stderr).toMatchObject({ status: 'succeeded' })
      }
      const [first, second] = topology.web
      await journey(first!)
      expect(await first!.stop()).toBe(0)
      expect(await topology.workers[0]!.stop()).toBe(0)
      await journey(second!)
      expect(await topology.stop()).toEqual([0, 0, 0, 0])
    },
    10 * MINUTE,
  )
})
