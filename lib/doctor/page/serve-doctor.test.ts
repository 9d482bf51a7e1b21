import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { readEnv } from '#lib/platform/env.ts'
import { createRateLimiter } from '#lib/platform/rate-limiter.ts'
import { PROBE_BYTES_MAX, REQUESTS_OF_ADDRESS_MAX } from '../limits.ts'
import { createDoctor } from './serve-doctor.ts'

let server: Server | undefined
afterEach(() => server?.close())

/** A server with the Doctor alone; what it leaves to others is 404. */
async function serving(variables: Record<string, string> = {}): Promise<string> {
  const serve = createDoctor({ env: readEnv(variables), limiter: createRateLimiter() })
  server = createServer(async (request, response) => {
    const served = await serve(request, response, request.url!.split('?')[0]!)
    if (!served) response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const STARTED = '/api/upload/files/doctor'

test('a probe is told what arrived of it, and nothing larger than a chunk is taken', async () => {
  const origin = await serving()
  const headers = { Authorization: 'Bearer doctor', 'Upload-Offset': '0', 'Tus-Resumable': '1.0.0' }
  const send = (bytes: number, more = {}) =>
    fetch(origin + STARTED, { method: 'PATCH', headers: more, body: new Uint8Array(bytes) })
  const answer = await send(65_536, headers)
  expect(answer.headers.get('upload-offset')).toBe('65536')
  expect(await answer.json()).toMatchObject({ doctor: 1, bytes: 65_536, token: true, offset: true })
  expect(await (await send(3)).json()).toMatchObject({ bytes: 3, token: false, offset: false })
  expect((await fetch(origin + STARTED, { method: 'HEAD' })).status).toBe(204)
  expect((await send(PROBE_BYTES_MAX)).status).toBe(200)
  // A client may see the refusal or, while it still sends, the end of the connection.
  expect(
    await send(PROBE_BYTES_MAX + 1).then(
      ({ status }) => status,
      () => 413,
    ),
  ).toBe(413)
})

test('an address that asks too often waits', async () => {
  const origin = await serving()
  for (let n = 0; n < REQUESTS_OF_ADDRESS_MAX; n++) await fetch(origin + STARTED, { method: 'HEAD' })
  const refused = await fetch(`${origin}/doctor`)
  expect(refused.status).toBe(429)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(await refused.text()).toContain('Wait a minute, then load this page again.')
  const inGerman = await fetch(`${origin}/doctor`, { headers: { 'Accept-Language': 'de-AT' } })
  expect([inGerman.headers.get('content-type'), await inGerman.text()]).toEqual([
    'text/html; charset=utf-8',
    expect.stringMatching(/<html lang="de" .*Warten Sie eine Minute/s),
  ])
})

test('where it is switched off nothing of it is there, and otherwise no path but its own', async () => {
  const off = await serving({ DOCTOR: '0' })
  for (const path of ['/doctor', '/doctor/page.js', STARTED])
    expect((await fetch(off + path)).status).toBe(404)
  server?.close()
  const on = await serving()
  for (const path of ['/doctor', '/doctor/'])
    expect(await (await fetch(on + path)).text(), path).toContain('<h1>Doctor</h1>')
  for (const [accepted, coding] of [
    ['gzip', 'gzip'],
    ['gzip;q=0', null],
  ] as const) {
    const headers = { 'Accept-Encoding': accepted }
    const style = await fetch(`${on}/doctor/page.css`, { headers })
    expect([accepted, style.headers.get('content-encoding')]).toEqual([accepted, coding])
  }
  // What an upload takes there, an upload says.
  for (const method of ['OPTIONS', 'GET', 'DELETE', 'PUT'])
    expect((await fetch(on + STARTED, { method })).status, method).toBe(404)
  expect((await fetch(`${on}/api/upload/files?doctor`, { method: 'PATCH' })).status).toBe(404)
  for (const path of ['/doctor//', '/doctor/draw-page.ts', '/doctors', '/api/upload/files'])
    expect((await fetch(on + path)).status, path).toBe(404)
})
