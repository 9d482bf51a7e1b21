import { spawn } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

const SCRIPT = path.join(import.meta.dirname, 'helm/arraydrop/files/first-key.mjs')
const folder = mkdtempSync(path.join(tmpdir(), 'arraydrop-first-key-'))
const calls = path.join(folder, 'calls')

let server: Server
let secret: { data?: Record<string, string> }
let patches: unknown[]
let refuses: boolean

async function answer(request: IncomingMessage): Promise<{ status: number; body: unknown }> {
  expect(request.url).toBe('/api/v1/namespaces/intake/secrets/first')
  expect(request.headers.authorization).toBe('Bearer pod-token')
  if (request.method === 'GET') return { status: 200, body: secret }
  expect(request.headers['content-type']).toBe('application/merge-patch+json')
  if (refuses) return { status: 403, body: {} }
  patches.push(JSON.parse(await text(request)))
  return { status: 200, body: secret }
}

beforeAll(async () => {
  // The command line, which notes how it was called.
  mkdirSync(path.join(folder, 'bin'))
  const command = path.join(folder, 'bin/arraydrop')
  const key = JSON.stringify({ id: 'id-1', key: 'key-1', prefix: 'p' })
  writeFileSync(command, `#!/bin/sh\necho "$@" >> ${calls}\necho '${key}'\n`)
  chmodSync(command, 0o755)
  writeFileSync(path.join(folder, 'token'), 'pod-token\n')
  server = createServer(async (request, response) => {
    const { status, body } = await answer(request)
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
})
afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(() => {
  secret = {}
  patches = []
  refuses = false
  writeFileSync(calls, '')
})

async function run() {
  const { port } = server.address() as AddressInfo
  const child = spawn(process.execPath, [SCRIPT], {
    env: {
      NODE_ENV: 'test',
      PATH: `${path.join(folder, 'bin')}:${process.env.PATH}`,
      KEY_API: `http://127.0.0.1:${port}`,
      KEY_ACCOUNT: folder,
      KEY_NAMESPACE: 'intake',
      KEY_SECRET: 'first',
      KEY_ROLE: 'analyst',
      KEY_PROJECT: 'demo',
    },
  })
  const [said, complaints, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise((resolve) => child.once('close', resolve)),
  ])
  return { code, printed: said + complaints, called: readFileSync(calls, 'utf8').split('\n').filter(Boolean) }
}

const CREATED = 'admin create-api-key --role analyst --name first key --project demo --json'

test('The first key is written to its Secret, and printed nowhere', async () => {
  const { code, printed, called } = await run()
  expect(code).toBe(0)
  expect(called).toEqual([CREATED])
  expect(patches).toEqual([{ stringData: { API_KEY: 'key-1' } }])
  expect(printed).not.toContain('key-1')
  expect(printed).toContain('id-1')
})

test('A Secret that has a key keeps it, and no other key is made', async () => {
  secret = { data: { API_KEY: 'b2xk' } }
  const { code, called } = await run()
  expect({ code, called, patches }).toEqual({ code: 0, called: [], patches: [] })
})

test('A key that cannot be written down is revoked, and the Job fails', async () => {
  refuses = true
  const { code, called, printed } = await run()
  expect(code).toBe(1)
  expect(called).toEqual([CREATED, 'admin revoke-api-key id-1 --json'])
  expect(printed).toContain('Kubernetes returned 403')
  expect(printed).not.toContain('key-1')
})
