import type { IncomingMessage } from 'node:http'
import { describe, expect, test } from 'vitest'
import { oddRequest } from './odd-request.ts'

const requestOf = (method: string, url: string, headers = {}) => ({ method, url, headers }) as IncomingMessage
const judge = (request: IncomingMessage) => oddRequest(request, { dev: false })
const statusOf = (method: string, url: string, headers = {}) => judge(requestOf(method, url, headers))?.status

describe('a request that some handler can take', () => {
  test.each([
    ['GET', '/'],
    ['GET', '/api/v2/samples/5f0d6c1e?search=a//b%zz'],
    ['POST', '/api/v2/array-data-upload-form/'],
    ['OPTIONS', '/api/upload/files'],
    ['GET', '/console/samples/%C3%A9'],
    ['GET', '/%2F%2Fexample.org'],
    ['GET', '/api/v2/files/x..sha256'],
    ['GET', '/.well-known/security.txt'],
  ])('%s %s passes as it is', (method, url) => {
    const request = requestOf(method, url)
    expect(judge(request)).toBeNull()
    expect(request.url).toBe(url)
  })

  test.each([
    ['http://upload.example/array-data-upload?token=x', '/array-data-upload?token=x'],
    ['HTTP://upload.example:3000', '/'],
    ['https://upload.example?x=1', '/?x=1'],
  ])('with the absolute target %s is judged by its path', (url, path) => {
    const request = requestOf('GET', url)
    expect(judge(request)).toBeNull()
    expect(request.url).toBe(path)
  })

  test.each([
    ['GET', '//api/v2/samples?search=a//b', '/api/v2/samples?search=a//b'],
    ['POST', '//api/v2//array-data-upload-form/', '/api/v2/array-data-upload-form/'],
    ['PATCH', '///api/upload///files//x', '/api/upload/files/x'],
    ['POST', '/api//test/clock', '/api/test/clock'],
    ['GET', 'https://upload.example//api/v2', '/api/v2'],
  ])('%s %s reaches every handler as %s', (method, url, path) => {
    const request = requestOf(method, url)
    expect(judge(request)).toBeNull()
    expect(request.url).toBe(path)
  })

  test('and asks for another protocol than WebSocket, as Java’s client does, is answered over HTTP', () => {
    expect(statusOf('GET', '/api/v2/samples/', { upgrade: 'h2c' })).toBeUndefined()
  })
})

describe('a request that no handler can take', () => {
  test.each([
    ['chunked', undefined],
    ['Chunked', undefined],
    ['gzip, chunked', 501],
    ['identity', 501],
    ['chunked, chunked', 501],
  ])('in the transfer encoding %s: %j', (coding, status) => {
    expect(statusOf('POST', '/api/v2/projects', { 'transfer-encoding': coding })).toBe(status)
  })

  test.each([
    ['TRACE', '/', 405],
    ['PROPFIND', '/console/samples', 405],
    ['DELETE', '/', 405],
    ['POST', '/console', 405],
    ['PUT', '/array-data-upload', 405],
    ['POST', '/embed%2Ejs', 405],
    ['PATCH', '/_next/static/x.js', 405],
    ['OPTIONS', '/docs', 204],
    ['PROPFIND', '/api/%ff', 400],
    ['OPTIONS', '*', 204],
    ['GET', '*', 400],
    ['GET', 'mailto:x', 400],
    ['GET', '/%ff', 400],
    ['GET', '/api/v2/samples/%E0%A4%A', 400],
    ['GET', '/console/%00', 400],
    ['GET', '//', 308],
    ['GET', '//example.org/x', 308],
    ['GET', '//example.org/%2e%2e', 400],
    ['GET', '/api/../console', 400],
    ['GET', '//api/v2/%2E./../console/', 400],
    ['GET', '/_next/..%2fconsole', 400],
    ['GET', '/api/./v2/samples', 400],
    ['GET', '/api/..\\console', 400],
    ['GET', '/console//samples', 308],
    ['POST', '//x', 404],
    ['GET', '/\\api/v2', 404],
    ['POST', '/api\\v2//samples', 404],
    ['POST', '//x/api/v2/samples', 404],
    ['GET', '/api/v2/samples/?__proto__=x', 400],
    ['GET', '/api/v2/samples/?limit=1&nxtPstatus=failed', 400],
    ['GET', '/api/v2/samples/?%5F_proto__=x', 400],
    ['GET', '/api/v2/samples/?search=a#b', 400],
    ['GET', '/api/v2/samples#?search=a', 400],
  ])('%s %s is answered %i', (method, url, status) => {
    expect(statusOf(method, url)).toBe(status)
  })

  test('by its method names what a page takes; a path of the API says that itself', () => {
    expect(judge(requestOf('TRACE', '/console'))?.headers).toEqual({ Allow: 'GET, HEAD' })
    const request = requestOf('PROPFIND', '//api/v2/samples')
    expect(judge(request)).toBeNull()
    expect(request).toMatchObject({ method: 'OPTIONS', url: '/api/v2/samples' })
  })

  test('is a form sent before its page’s script ran: it leads back to the page, with its query', () => {
    expect(judge(requestOf('POST', '/console/sign-in?next=/console/people'))).toMatchObject({
      status: 303,
      headers: { Location: '/console/sign-in?next=/console/people' },
    })
    expect(statusOf('POST', '/console/reset/')).toBe(303)
    expect(statusOf('POST', '//console/sign-in')).toBe(404)
  })

  test('is one that the development server’s own scripts may send', () => {
    const post = requestOf('POST', '/__nextjs_original-stack-frames')
    expect(judge(post)?.status).toBe(405)
    expect(oddRequest(post, { dev: true })).toBeNull()
  })

  test('has a query of the API that is not UTF-8: nothing else is searched for in its place', () => {
    for (const search of ['%E9', '%FF', '%ED%A0%80', 'a%C3'])
      expect(statusOf('GET', `/api/v2/samples/?search=${search}`), search).toBe(400)
    for (const search of ['%C3%A9', '100%', 'é', '%20'])
      expect(statusOf('GET', `/api/v2/samples/?search=${search}`), search).toBeUndefined()
  })

  test('asks for a WebSocket', () => {
    expect(statusOf('GET', '/', { upgrade: 'websocket' })).toBe(400)
    expect(statusOf('GET', '/api/v2/', { upgrade: 'foo, WebSocket/13' })).toBe(400)
  })

  test('is never led to another host', () => {
    for (const url of ['//example.org', '/\\example.org', '///example.org/a//b?c=//d', '\\\\example.org']) {
      const location = judge(requestOf('GET', url))?.headers?.Location ?? '/'
      expect(new URL(location, 'http://here.example').host).toBe('here.example')
    }
  })
})
