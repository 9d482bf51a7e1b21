import { expect, test } from 'vitest'
import { refuseProxy } from './refuse-proxy.ts'

test('a proxy that cannot be used is refused by its variable and kind, and never shown', () => {
  for (const usable of ['http://me:secret@proxy.example:3128', 'HTTPS://proxy.example', '', undefined])
    expect(refuseProxy({ https_proxy: usable, http_proxy: usable })).toBeUndefined()
  const socks = refuseProxy({ https_proxy: 'socks5://me:secret@proxy.example:1080' })
  expect(socks).toMatch(/^HTTPS_PROXY must .* http:\/\/ or https:\/\/.*socks5:\/\//)
  expect(socks).not.toContain('secret')
  expect(refuseProxy({ http_proxy: 'me:secret@proxy.example:3128' })).toMatch(/^HTTP_PROXY must (?!.*secret)/)
})
