import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { OUTAGE } from './outage-for-tests.ts'

let child: ChildProcess
let origin: string

beforeAll(async () => {
  child = spawn(process.execPath, [path.join(import.meta.dirname, 'helm/arraydrop/files/outage.mjs')], {
    env: { NODE_ENV: 'test', PORT: '0', OUTAGE_PAGE: path.join(import.meta.dirname, '../lib/outage.html') },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [said] = await once(child.stdout!, 'data')
  origin = `http://127.0.0.1:${/\d+/.exec(String(said))![0]}`
})
afterAll(() => child?.kill('SIGKILL'))

test('While no web server answers, the ingress shows people a page and programs JSON, with a time to try again', async () => {
  const shown = async (wanted: string, headers: Record<string, string> = {}) => {
    const response = await fetch(origin + wanted, { headers })
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5'])
    return { type: response.headers.get('content-type'), text: await response.text() }
  }
  const page = await shown('/array-data-upload?token=x')
  expect(page.type).toBe('text/html; charset=utf-8')
  expect(page.text).toContain('Back in a moment')
  // After a 502, the controller asks for `/` and names what was wanted.
  const partner = await shown('/', { 'X-Original-URI': '/api/v2/projects/' })
  expect([partner.type, JSON.parse(partner.text)]).toEqual(['application/json', OUTAGE.partner])
  const upload = await shown('/api/upload/files/x')
  expect(JSON.parse(upload.text)).toEqual(OUTAGE.upload)
  expect((await fetch(`${origin}/healthz`)).status).toBe(200)
})

test('A pod that shows it stops when it is asked to', async () => {
  child.kill('SIGTERM')
  expect(await once(child, 'exit')).toEqual([0, null])
})
