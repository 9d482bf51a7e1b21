import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type TestServices, testServices } from '#lib/testing/test-services.ts'
import { announce } from './announce.ts'

let t: TestServices
beforeAll(async () => {
  t = await testServices()
})
afterAll(() => t.stop())

async function announced(env: { loopback: boolean; encryptAtRest: boolean }): Promise<string> {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  try {
    await announce({ ...t.services, env: { ...t.services.env, ...env } })
    return write.mock.calls.map(([text]) => String(text)).join('')
  } finally {
    write.mockRestore()
  }
}

test('encryption is recommended at the start of a service that others can reach, and only while it is off', async () => {
  expect(await announced({ loopback: false, encryptAtRest: false })).toContain('ENCRYPT_AT_REST=1')
  expect(await announced({ loopback: false, encryptAtRest: true })).not.toContain('ENCRYPT_AT_REST')
  expect(await announced({ loopback: true, encryptAtRest: false })).not.toContain('ENCRYPT_AT_REST')
})
