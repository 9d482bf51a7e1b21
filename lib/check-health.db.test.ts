import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestServices, testServices } from '#lib/testing/test-services.ts'
import { checkHealth } from './check-health.ts'
import { PostgresLocker } from './platform/storage/parts/postgres-locker.ts'
import { provideServices } from './services.ts'

let t: TestServices
beforeAll(async () => {
  t = await testServices()
})
afterAll(async () => {
  provideServices(undefined)
  await t.stop()
})

const health = async () => {
  const response = await checkHealth()
  const { status, version: _, ...parts } = await response.json()
  return [response.status, status, response.headers.get('retry-after'), parts]
}

test('A server is ready while everything that an upload needs works, and not when its locks alone are refused', async () => {
  const working = { database: 'ok', storage: 'ok', queue: 'ok', locks: 'ok', sweep: 'ok' }
  provideServices(t.services)
  expect(await health()).toEqual([200, 'ok', null, working])
  const locks = new PostgresLocker('postgres://arraydrop@127.0.0.1:1/arraydrop')
  provideServices({ ...t.services, locks })
  expect(await health()).toEqual([503, 'unavailable', '5', { ...working, locks: 'failing' }])
  await locks.close()
})
