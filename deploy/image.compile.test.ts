import { execFile, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { freePort } from '#lib/testing/free-port.ts'
import { createTestDatabase } from '#lib/testing/test-database.ts'
import { copiedPaths, copyTo, filesForImage, readIgnoreFile } from './image-files.ts'

const ROOT = path.resolve(import.meta.dirname, '..')
const MINUTE = 60_000

const folder = mkdtempSync(path.join(tmpdir(), 'arraydrop-image-'))
const [built, image] = [path.join(folder, 'build'), path.join(folder, 'image')]
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/**
 * What the Containerfile does, without containers: the files that its ignore file lets in are built with all packages,
 * and what its last stage copies runs with the packages for production alone.
 */
test.skipIf(!process.env.ARRAYDROP_TORTURE)(
  'the image: builds from what is let in, and serves and works with what is copied',
  { timeout: 20 * MINUTE },
  async () => {
    copyTo(built, filesForImage(readIgnoreFile()))
    execFileSync('cp', ['-a', path.join(ROOT, 'node_modules'), built])
    run(built, process.execPath, 'node_modules/next/dist/bin/next', 'build')

    const kept = copiedPaths()
    copyTo(
      image,
      filesForImage(readIgnoreFile()).filter((file) =>
        kept.some((name) => file === name || file.startsWith(`${name}/`)),
      ),
    )
    run(image, 'npm', 'ci', '--omit=dev', '--omit=optional', '--ignore-scripts', '--no-audit', '--no-fund')
    execFileSync('rm', ['-rf', path.join(built, '.next/cache')])
    execFileSync('cp', ['-a', path.join(built, '.next'), image])

    const database = await createTestDatabase()
    const port = String(await freePort())
    const env = {
      PATH: process.env.PATH,
      NODE_ENV: 'production' as const,
      PORT: port,
      DATABASE_URL: database.url,
      DATA_DIR: path.join(folder, 'data'),
    }
    const server = spawn(process.execPath, ['lib/server.ts'], { cwd: image, env, stdio: 'ignore' })
    const gone = once(server, 'exit')
    try {
      await untilReady(port, () => server.exitCode !== null)
      const host = `http://127.0.0.1:${port}`
      const { stdout } = await promisify(execFile)(
        process.execPath,
        ['lib/cli/main.ts', 'demo', '--json', '--host', host],
        { cwd: image, env },
      )
      expect(JSON.parse(stdout)).toMatchObject({ status: 'succeeded' })
    } finally {
      server.kill('SIGTERM')
      expect(await gone).toEqual([0, null])
      await database.drop()
    }
  },
)

function run(cwd: string, program: string, ...args: string[]): void {
  const env = { ...process.env, NODE_ENV: 'production' as const, NEXT_TELEMETRY_DISABLED: '1' }
  execFileSync(program, args, { cwd, env, stdio: 'inherit' })
}

async function untilReady(port: string, gone: () => boolean): Promise<void> {
  for (let n = 0; n < 600; n++) {
    const ready = await fetch(`http://127.0.0.1:${port}/api/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (ready) return
    if (gone()) break
    await wait(200)
  }
  throw new Error('The server did not become ready')
}
