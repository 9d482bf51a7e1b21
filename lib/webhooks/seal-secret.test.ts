import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { loadSecrets } from '#lib/platform/secrets.ts'
import { generateSecret, openSecret, sealSecret } from './seal-secret.ts'

const secretsFrom = (appSecret: string) => loadSecrets({ appSecret, dataDir: '/nowhere' })
const FIRST = 'a'.repeat(32)
const SECOND = 'b'.repeat(32)
const subscription = randomUUID()

test('a secret is 24 random bytes as 32 characters of base64', () => {
  const secrets = Array.from({ length: 50 }, generateSecret)
  for (const secret of secrets) {
    expect(secret).toMatch(/^[A-Za-z0-9+/]{32}$/)
    expect(Buffer.from(secret, 'base64')).toHaveLength(24)
  }
  expect(new Set(secrets).size).toBe(50)
})

test('a sealed secret reveals nothing, differs each time, and opens again, also after a rotation of APP_SECRET', async () => {
  const secret = generateSecret()
  const keys = await secretsFrom(FIRST)
  const sealed = await sealSecret(keys, subscription, secret)
  expect(sealed).not.toContain(secret)
  expect(await sealSecret(keys, subscription, secret)).not.toBe(sealed)
  expect(await openSecret(await secretsFrom(`${SECOND},${FIRST}`), subscription, sealed)).toBe(secret)
})

test('it opens neither for another subscription, nor when changed, nor without its key', async () => {
  const keys = await secretsFrom(FIRST)
  const sealed = await sealSecret(keys, subscription, generateSecret())
  await expect(openSecret(keys, randomUUID(), sealed)).rejects.toThrow()
  const changed = sealed.slice(0, -4) + (sealed.endsWith('AAAA') ? 'BBBB' : 'AAAA')
  await expect(openSecret(keys, subscription, changed)).rejects.toThrow()
  await expect(openSecret(await secretsFrom(SECOND), subscription, sealed)).rejects.toThrow('APP_SECRET')
})

test('a secret that was stored by the first version opens', async () => {
  const stored =
    'AoTzW0QQiuaD.yp1CPMwvnHVeQuganz880FuxIldLWqVq5oH6YbYzbxfu5WyZrHLnQGESARjjWXa8nQdcd2ZepUM7PjXB'
  const opened = await openSecret(await secretsFrom(FIRST), '7f3b1b9a-6f0e-4c39-9a55-2f0f6f5c9a10', stored)
  expect(opened).toBe('S3cretS3cretS3cretS3cretS3cretS3')
})
