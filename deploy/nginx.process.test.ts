import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { freePort } from '#lib/testing/free-port.ts'
// Plain JavaScript: the runner of the tests uses the same.
import { findProgram } from '../bin/testing/find-programs.mjs'
import { nginxHere, startNginx, type TestNginx } from './nginx-for-tests.ts'
import { OUTAGE } from './outage-for-tests.ts'

const openssl = findProgram(['openssl'])

const TOKEN = 'eyJhbGciOiJIUzI1NiJ9.c2VjcmV0'
const PAGE = `/array-data-upload?token=${TOKEN}`

/** Two replicas, each at an address of its own. */
class Replica {
  readonly received: { method: string; url: string; from: string | undefined; body: string }[] = []
  readonly address: string
  server: Server | undefined
  onRequest: (request: IncomingMessage, response: ServerResponse) => void = (_, response) =>
    response.end(this.address)

  constructor(address: string) {
    this.address = address
  }

  async listen(port: number): Promise<number> {
    this.server = createServer((request, response) => {
      const seen = {
        method: request.method!,
        url: request.url!,
        from: undefined as string | undefined,
        body: '',
      }
      seen.from = request.headers['x-forwarded-for'] as string | undefined
      this.received.push(seen)
      request.on('data', (chunk) => (seen.body += chunk))
      this.onRequest(request, response)
    }).listen(port, this.address)
    await once(this.server, 'listening')
    return (this.server.address() as AddressInfo).port
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections()
    if (this.server?.listening) await new Promise((resolve) => this.server!.close(resolve))
  }
}

describe.skipIf(!nginxHere)('nginx: in front of two web servers', () => {
  const [one, two, three] = [new Replica('127.0.0.2'), new Replica('127.0.0.3'), new Replica('127.0.0.4')]
  let addresses = [one.address, two.address]
  let port: number
  let nginx: TestNginx

  beforeAll(async () => {
    port = await one.listen(0)
    await two.listen(port)
    nginx = await startNginx({ addresses: () => addresses, port })
  })
  afterAll(async () => {
    await nginx?.stop()
    await Promise.all([one.stop(), two.stop(), three.stop()])
  })

  const get = async (target: string, headers: Record<string, string> = {}) =>
    (await fetch(nginx.origin + target, { headers })).text()

  test('nginx: the address that it saw is passed on, not one that a client claims', async () => {
    await get('/', { 'X-Forwarded-For': '203.0.113.9' })
    expect([...one.received, ...two.received].at(-1)?.from).toBe('127.0.0.1')
  })

  test('nginx: a body reaches the server while it is still being sent', async () => {
    const sending = request(`${nginx.origin}/api/upload/files/x`, {
      method: 'PATCH',
      headers: { 'Content-Length': 20 },
    })
    const answered = once(sending, 'response')
    sending.write('0123456789')
    const bodies = () => [...one.received, ...two.received].filter(({ method }) => method === 'PATCH')
    await vi.waitFor(() => expect(bodies().map(({ body }) => body)).toEqual(['0123456789']), 20_000)
    sending.end('0123456789')
    await answered
  })

  test('nginx: a POST whose server dies is not sent to another one', async () => {
    for (const replica of [one, two]) replica.onRequest = (request) => request.socket.destroy()
    const { status } = await fetch(`${nginx.origin}/api/v2/x`, { method: 'POST', body: '{}' })
    expect(status).toBeGreaterThanOrEqual(502)
    expect([...one.received, ...two.received].filter(({ url }) => url === '/api/v2/x')).toHaveLength(1)
    for (const replica of [one, two]) replica.onRequest = (_, response) => response.end(replica.address)
  })

  test('nginx: whoever is left answers, and no log holds a token: not even with every server gone', async () => {
    await one.stop()
    for (let n = 0; n < 6; n++) expect(await get(PAGE)).toBe(two.address)
    await two.stop()
    expect((await fetch(nginx.origin + PAGE)).status).toBe(503)
    const logs = await nginx.logs()
    expect(logs).toContain(one.address)
    expect(logs).not.toMatch(/array-data-upload|eyJ/)
  })

  test('nginx: while no server answers, people get a page and programs JSON, both told when to try again', async () => {
    const answer = async (target: string, init: RequestInit = {}) => {
      const response = await fetch(nginx.origin + target, init)
      const { headers, status } = response
      expect([status, headers.get('retry-after')], target).toEqual([503, '5'])
      return { type: headers.get('content-type'), text: await response.text() }
    }
    const page = await answer(PAGE)
    expect(page.type).toBe('text/html; charset=utf-8')
    expect(page.text).toContain('Back in a moment')
    const partner = await answer('/api/v2/projects/', { method: 'POST', body: '{}' })
    expect(partner.type).toMatch(/^application\/json/)
    expect(JSON.parse(partner.text)).toEqual(OUTAGE.partner)
    const upload = await answer('/api/upload/files/x', { method: 'PATCH', body: 'x' })
    expect(JSON.parse(upload.text)).toEqual(OUTAGE.upload)
  })

  test('nginx: servers that were replaced are found at their new addresses', async () => {
    await three.listen(port)
    addresses = [three.address]
    await vi.waitFor(async () => expect(await get('/')).toBe(three.address), {
      timeout: 30_000,
      interval: 100,
    })
  })
})

test.skipIf(!nginxHere)(
  'nginx: an error log of the level that the chart asks the ingress controller for holds no token, with every server gone',
  async () => {
    const asked = readFileSync(path.join(import.meta.dirname, 'helm/arraydrop/templates/NOTES.txt'), 'utf8')
    expect(asked).toContain('`error-log-level: crit`')
    const nginx = await startNginx({
      addresses: () => ['127.0.0.2'],
      port: await freePort(),
      logsErrors: true,
    })
    try {
      expect((await fetch(nginx.origin + PAGE)).status).toBe(503)
      const logs = await nginx.logs()
      expect(logs).toContain(' GET 503 ')
      expect(logs).not.toMatch(/array-data-upload|eyJ/)
    } finally {
      await nginx.stop()
    }
  },
)

test.skipIf(!nginxHere || !openssl)(
  'nginx: what the manual makes of it for one machine is a file that nginx takes',
  async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'arraydrop-nginx-check-'))
    const [script, shipped] = ['nginx-one-machine.sed', 'nginx.conf'].map((file) =>
      path.join(import.meta.dirname, file),
    )
    const made = spawnSync('sed', ['-f', script!, shipped!], { encoding: 'utf8' })
    expect(made.status, made.stderr).toBe(0)
    expect(made.stdout).not.toMatch(/\$web|resolver \d|8080|\/dev\/stdout|\/usr\/share/)
    makeCertificate(folder)
    const [plain, secure] = [await freePort(), await freePort()]
    const changed = made.stdout
      .replaceAll(/listen (.*:)?80;/g, `listen $1${plain};`)
      .replaceAll(/listen (.*:)?443 ssl;/g, `listen $1${secure} ssl;`)
      .replaceAll('/etc/letsencrypt/live/upload.example.org', folder)
      .replace('/var/log/nginx/arraydrop.log', path.join(folder, 'access.log'))
    const around = `pid ${folder}/nginx.pid; error_log stderr; events {}`
    writeFileSync(path.join(folder, 'nginx.conf'), `${around} http { include ${folder}/site.conf; }`)
    const check = (site: string) => {
      writeFileSync(path.join(folder, 'site.conf'), site)
      return spawnSync(
        nginxHere!,
        ['-t', '-p', folder, '-c', path.join(folder, 'nginx.conf'), '-e', 'stderr'],
        { encoding: 'utf8' },
      )
    }
    const { status, stderr } = check(changed)
    const misspelled = check(changed.replace('client_max_body_size', 'client_max_body_sise'))
    rmSync(folder, { recursive: true, force: true })
    expect(status, stderr).toBe(0)
    expect(misspelled.status).not.toBe(0)
  },
)

function makeCertificate(folder: string): void {
  const key = [
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    '-keyout',
    'privkey.pem',
  ]
  const made = spawnSync(openssl!, ['req', '-x509', ...key, '-subj', '/CN=a', '-out', 'fullchain.pem'], {
    cwd: folder,
  })
  expect(made.status).toBe(0)
}
