import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Env } from '#lib/platform/env.ts'
import { type TestServices, testServices } from '#lib/testing/test-services.ts'
import { secureDocument } from './page-security.ts'

let t: TestServices

beforeAll(async () => {
  t = await testServices()
})
afterAll(() => t.stop())

async function secured(url: string, { dev = false, env = {} }: { dev?: boolean; env?: Partial<Env> } = {}) {
  const request = new IncomingMessage(new Socket())
  request.url = url
  const response = new ServerResponse(request)
  const services = { ...t.services, env: { ...t.services.env, ...env } }
  await secureDocument(services, request, response, { dev })
  const policy = String(response.getHeader('content-security-policy'))
  const directives = new Map(
    policy.split('; ').map((text) => [text.split(' ')[0]!, text.split(' ').slice(1)]),
  )
  return { request, response, policy, directives }
}

describe('the upload page', () => {
  test('never shows its token to what renders it', async () => {
    const { token } = await t.aLink()
    for (const url of [
      `/array-data-upload?token=${token}`,
      `/array-data-upload/?token=${token}`,
      `/array-data-upload?a=1&token=${token}&_rsc=x`,
    ]) {
      const { request, response } = await secured(url)
      expect(request.url).toBe('/array-data-upload')
      const headers = JSON.stringify([request.headers, response.getHeaders()])
      for (const part of token.split('.')) expect(headers).not.toContain(part)
    }
  })

  test("may be framed by its project's list alone, and by none else", async () => {
    const frameOrigins = ['https://clinic.example', 'capacitor://localhost']
    const { token } = await t.aLink({}, await t.aPartner({ frameOrigins }))
    const { directives } = await secured(`/array-data-upload?token=${token}`)
    expect(directives.get('frame-ancestors')).toEqual(frameOrigins)
  })

  test('without a list may be framed by any https page, and by loopback only while we are', async () => {
    const { token } = await t.aLink()
    for (const query of [`?token=${token}`, '?token=x', '']) {
      const { directives } = await secured(`/array-data-upload${query}`, { env: { loopback: false } })
      expect(directives.get('frame-ancestors')).toEqual(['https:'])
    }
    const { directives } = await secured('/array-data-upload')
    expect(directives.get('frame-ancestors')).toContain('http://localhost:*')
  })
})

describe('every document', () => {
  test('keeps its query and is never framed, unless it is the upload page', async () => {
    for (const url of [
      '/',
      '/console?page=2',
      '/array-data-upload/x?token=y',
      '/array-data-uploads',
      '/docs',
      '//',
      '*',
    ]) {
      const { request, directives } = await secured(url)
      expect(request.url).toBe(url)
      expect(directives.get('frame-ancestors')).toEqual(["'none'"])
    }
  })

  test('of a brand that is being chosen is framed by the console, and by nobody else', async () => {
    const { directives } = await secured('/console/preview/brand')
    expect(directives.get('frame-ancestors')).toEqual(["'self'"])
    expect((await secured('/console/preview')).directives.get('frame-ancestors')).toEqual(["'none'"])
    expect((await secured('/console/projects')).directives.get('frame-src')).toEqual(["'self'"])
    expect(directives.has('frame-src')).toBe(false)
  })

  test('carries the headers that keep a link from leaking', async () => {
    for (const url of ['/', '/array-data-upload?token=x']) {
      const { response } = await secured(url)
      expect(response.getHeaders()).toMatchObject({
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
        'x-robots-tag': 'noindex, nofollow',
      })
      expect(response.hasHeader('set-cookie')).toBe(false)
      expect(response.hasHeader('x-frame-options')).toBe(false)
    }
  })

  test('runs scripts with a nonce that is new each time, and none from elsewhere', async () => {
    const [first, second] = [await secured('/'), await secured('/')]
    const nonces = [first, second].map(({ policy }) => /'nonce-([A-Za-z0-9+/]{22}==)'/.exec(policy)?.[1])
    expect(nonces[0]).toBeDefined()
    expect(nonces[0]).not.toBe(nonces[1])
    expect(first.directives.get('default-src')).toEqual(["'none'"])
    expect(first.directives.get('script-src')).toEqual([`'nonce-${nonces[0]}'`, "'strict-dynamic'"])
    expect(first.directives.get('connect-src')).toEqual(["'self'"])
    expect(first.directives.get('base-uri')).toEqual(["'none'"])
    expect(first.policy).not.toMatch(/unsafe|\*|http:/)
    expect(first.request.headers['content-security-policy']).toBe(first.policy)
  })

  test('of the console may set styles with the nonce, and its scripts stay as strict', async () => {
    for (const url of ['/console', '/console/', '/console/people?x=1', '/console/sign-in']) {
      const { policy, directives } = await secured(url)
      const nonce = /'nonce-[^']+'/.exec(policy)![0]
      expect(directives.get('style-src')).toEqual(["'self'", nonce])
      expect(directives.get('style-src-attr')).toEqual(["'unsafe-inline'"])
      expect(directives.get('script-src')).toEqual([nonce, "'strict-dynamic'"])
    }
    for (const url of ['/', '/docs', '/console/preview', '/console/preview/', '/consoles']) {
      const { directives } = await secured(url)
      expect(directives.get('style-src')).toEqual(["'self'"])
      expect(directives.has('style-src-attr')).toBe(false)
    }
  })

  test('of an upload may set a style with the nonce, for where no scripts run, and no style by attributes', async () => {
    const { policy, directives } = await secured('/array-data-upload')
    expect(directives.get('style-src')).toEqual(["'self'", /'nonce-[^']+'/.exec(policy)![0]])
    expect(directives.has('style-src-attr')).toBe(false)
  })

  test('knows its own address, and none that a client made up', async () => {
    const asked = await secured('/console/people?search=a&_rsc=xyz')
    expect(asked.request.headers['x-asked-for']).toBe('/console/people?search=a')
    const { token } = await t.aLink()
    const upload = await secured(`/array-data-upload?token=${token}`)
    expect(upload.request.headers['x-asked-for']).toBe('')
  })

  test('cannot bring its own policy along', async () => {
    const { request, policy } = await secured('/')
    request.headers['content-security-policy'] = "script-src 'nonce-known'"
    await secureDocument(t.services, request, new ServerResponse(request), { dev: false })
    expect(request.headers['content-security-policy']).not.toContain('known')
    expect(request.headers['content-security-policy']).not.toBe(policy)
  })

  test('asks for https ever after where it is served by https, and only there', async () => {
    const published = await secured('/', { env: { publicUrl: 'https://upload.example' } })
    expect(published.response.getHeader('strict-transport-security')).toContain('max-age=31536000')
    expect((await secured('/')).response.hasHeader('strict-transport-security')).toBe(false)
  })

  test('evaluates code only under development', async () => {
    expect((await secured('/', { dev: true })).directives.get('script-src')).toContain("'unsafe-eval'")
  })
})

test('https only is asked for this host, and for its subdomains only where the operator says so', async () => {
  const asked = async (env: Partial<Env>) =>
    (await secured('/', { env })).response.getHeader('strict-transport-security')
  expect(await asked({ publicUrl: 'http://localhost:3000' })).toBeUndefined()
  expect(await asked({ publicUrl: 'https://clinic.example' })).toBe('max-age=31536000')
  expect(await asked({ publicUrl: 'https://clinic.example', hstsSubdomains: true })).toBe(
    'max-age=31536000; includeSubDomains',
  )
})
