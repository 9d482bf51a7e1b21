import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { freePort } from '#lib/testing/free-port.ts'
// Plain JavaScript: the runner of the tests uses the same.
import { findProgram } from '../bin/testing/find-programs.mjs'
import { OUTAGE } from './outage-for-tests.ts'

const caddyHere = findProgram(['caddy'])
const PAGE = '/array-data-upload?token=eyJhbGciOiJIUzI1NiJ9.c2VjcmV0'

describe.skipIf(!caddyHere)('Caddy: in front of a service that is gone', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'arraydrop-caddy-'))
  let child: ChildProcess
  let origin: string
  let gone: number
  let redirecting: string
  let logs = ''

  beforeAll(async () => {
    const [port, other] = [await freePort(), await freePort()]
    gone = await freePort()
    origin = `http://127.0.0.1:${port}`
    redirecting = `http://127.0.0.1:${other}`
    const file = path.join(folder, 'Caddyfile')
    const shipped = readFileSync(path.join(import.meta.dirname, 'Caddyfile'), 'utf8')
    const changed = shipped
      .replace('{\n\tlog', '{\n\tadmin off\n\tlog')
      .replace('upload.example.org', origin)
      .replace('127.0.0.1:3000', `127.0.0.1:${gone}`)
      .replace('/opt/arraydrop/lib', path.join(import.meta.dirname, '../lib'))
    // The same site once more, which has moved.
    const site = changed.slice(changed.indexOf(`\n${origin} {`))
    const moved = site.replace(origin, redirecting).replace(/\{\n/, `{\n\tredir ${origin}{uri}\n`)
    writeFileSync(file, changed + moved)
    child = spawn(caddyHere!, ['run', '--config', file, '--adapter', 'caddyfile'], {
      env: {
        NODE_ENV: 'test',
        PATH: process.env.PATH,
        HOME: folder,
        XDG_DATA_HOME: folder,
        XDG_CONFIG_HOME: folder,
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    child.stderr!.on('data', (chunk) => (logs += chunk))
    await vi.waitFor(() => fetch(origin), { timeout: 30_000, interval: 50 })
  })
  afterAll(async () => {
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    await ended
    rmSync(folder, { recursive: true, force: true })
  })

  test('Caddy: people get the page for outages, programs JSON, and no log holds a token', async () => {
    const page = await fetch(origin + PAGE)
    expect([page.status, page.headers.get('retry-after')]).toEqual([503, '5'])
    expect(await page.text()).toContain('Back in a moment')
    const partner = await fetch(`${origin}/api/v2/projects/`, { method: 'POST', body: '{}' })
    expect([partner.status, await partner.json()]).toEqual([503, OUTAGE.partner])
    const upload = await fetch(`${origin}/api/upload/files/x`, { method: 'PATCH', body: 'x' })
    expect([upload.status, upload.headers.get('retry-after'), await upload.json()]).toEqual([
      503,
      '5',
      OUTAGE.upload,
    ])
    expect(upload.headers.get('content-type')).toBe('application/json')
    await vi.waitFor(() => expect(logs).toContain('"status":503'), 10_000)
    // What redirects, as Caddy itself does from http, repeats the URL in its response.
    const moved = await fetch(`${redirecting}${PAGE}`, { redirect: 'manual' })
    expect(moved.headers.get('location')).toContain('eyJ')
    await vi.waitFor(() => expect(logs).toContain('"status":302'), 10_000)
    expect(logs).not.toMatch(/array-data-upload|eyJ/)
  })

  test('Caddy: what the service says to a body that is too large arrives, and is not called an outage', async () => {
    const service = createServer((request, response) => {
      request.resume().on('end', () => response.writeHead(413).end('too large'))
    })
    await new Promise<void>((resolve) => service.listen(gone, '127.0.0.1', resolve))
    try {
      const body = new Uint8Array(40_000_000)
      const refused = await fetch(`${origin}/api/upload/files/x`, { method: 'PATCH', body })
      expect([refused.status, await refused.text()]).toEqual([413, 'too large'])
    } finally {
      service.close()
      service.closeAllConnections()
    }
  })
})
