import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { readEnv } from '#lib/platform/env.ts'
import { type TestServices, testServices } from '#lib/testing/test-services.ts'
import { announce } from './announce.ts'

let t: TestServices
beforeAll(async () => {
  t = await testServices()
})
afterAll(() => t.stop())

async function announced(env: Partial<TestServices['services']['env']>): Promise<string> {
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

test('a service that others reach without https is warned of at its start; one on this machine is not', async () => {
  const announcedOn = (PUBLIC_URL: string) => announced(readEnv({ PUBLIC_URL }))
  expect(await announcedOn('http://192.168.1.20:3000')).toMatch(/without https: passwords, .* set PUBLIC_URL/)
  for (const url of ['https://upload.example.org', 'http://localhost:3000', 'http://127.0.0.1:3000']) {
    expect(await announcedOn(url)).not.toContain('without https')
  }
})
