import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import packageJson from '../../clients/cli/package.json' with { type: 'json' }

const PACKAGE = path.resolve(import.meta.dirname, '../../clients/cli')
const BYTES_MAX = 5 * 1_048_576

const npm = (args: string[], cwd: string) =>
  execFileSync('npm', args, { cwd, encoding: 'utf8', shell: process.platform === 'win32' })

const bytesBelow = (folder: string): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(path.join(parentPath, name)).size, 0)

test('the command line is packed, and works where it is installed from the packed file, in 5 MB', {
  tags: 'torture',
}, async () => {
  const into = mkdtempSync(path.join(tmpdir(), 'arraydrop-cli-'))
  const asked: unknown[] = []
  const service = createServer(({ method, url, headers }, response) => {
    asked.push([method, url, headers.authorization])
    response.writeHead(201, { 'Content-Type': 'application/json' })
    response.end('{"sample_id":"6f1f5c0e-3c5f-4b8c-9a51-000000000001","url":"https://upload.example/x"}')
  })
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve))
  try {
    npm(['pack', '--pack-destination', into], PACKAGE)
    const [packed] = readdirSync(into)
    writeFileSync(path.join(into, 'package.json'), '{}')
    npm(['install', '--offline', '--no-audit', '--no-fund', `./${packed}`], into)
    const modules = path.join(into, 'node_modules')
    expect(bytesBelow(modules)).toBeLessThan(BYTES_MAX)
    const bin = path.join(modules, '@arraydrop/cli/dist/arraydrop.mjs')
    const run = async (...args: string[]) => {
      const env: NodeJS.ProcessEnv = { PATH: process.env.PATH, HOME: into, NODE_ENV: 'production' }
      const { stdout } = await promisify(execFile)(process.execPath, [bin, ...args], { cwd: into, env })
      return stdout.trim()
    }
    expect(await run('--version')).toBe(packageJson.version)
    expect(await run('--help')).not.toContain('admin')
    const host = `http://127.0.0.1:${(service.address() as AddressInfo).port}`
    const link = await run('sessions', 'create', '--host', host, '--api-key', 'key', '--json')
    expect(JSON.parse(link)).toMatchObject({ url: 'https://upload.example/x' })
    expect(asked).toEqual([['POST', '/api/v2/array-data-upload-form/', 'Api-Key key']])
  } finally {
    service.close()
    rmSync(into, { recursive: true, force: true })
  }
})
