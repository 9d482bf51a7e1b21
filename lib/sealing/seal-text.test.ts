import { expect, test } from 'vitest'
import { loadSecrets } from '#lib/platform/secrets.ts'
import { openText, sealText } from './seal-text.ts'

const secretsFrom = (appSecret: string) => loadSecrets({ appSecret, dataDir: '/nowhere' })
const FIRST = 'a'.repeat(32)
const SECOND = 'b'.repeat(32)

test('sealed text of any length opens again, also after a rotation of APP_SECRET, but not for another row', async () => {
  const first = await secretsFrom(FIRST)
  for (const text of ['', 'x', 'ü'.repeat(3_000), 'https://a.example/?sig=1'.repeat(170)]) {
    const sealed = await sealText(first, 'thing 1', text)
    if (text.length > 1) expect(sealed).not.toContain(text.slice(0, 12))
    expect(await openText(await secretsFrom(`${SECOND},${FIRST}`), 'thing 1', sealed)).toBe(text)
    await expect(openText(first, 'thing 2', sealed)).rejects.toThrow()
    await expect(openText(await secretsFrom(SECOND), 'thing 1', sealed)).rejects.toThrow('APP_SECRET')
  }
})
