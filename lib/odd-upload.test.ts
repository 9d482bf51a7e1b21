import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { oddUpload } from './odd-upload.ts'

const FILES = '/api/upload/files'
const requestOf = (method: string, headers = {}) =>
  ({ method, headers: { 'asked-method': method, ...headers } }) as unknown as IncomingMessage

test.each([
  ['POST', FILES, {}, 'POST'],
  ['OPTIONS', `${FILES}/`, {}, 'OPTIONS'],
  ['PATCH', `${FILES}/x`, { 'content-encoding': 'identity' }, 'PATCH'],
  ['POST', `${FILES}/x`, { 'x-http-method-override': 'patch' }, 'PATCH'],
  ['DELETE', `${FILES}/x`, { 'x-http-method-override': 'HEAD' }, 'DELETE'],
])('%s %s with %j reaches tus as %s', (method, path, headers, reaches) => {
  const request = requestOf(method, headers)
  expect(oddUpload(request, path)).toBeNull()
  expect(request.method).toBe(reaches)
})

test.each([
  ['GET', FILES, {}, 'POST, OPTIONS'],
  ['HEAD', FILES, {}, 'POST, OPTIONS'],
  ['PATCH', FILES, {}, 'POST, OPTIONS'],
  ['POST', FILES, { 'x-http-method-override': 'DELETE' }, 'POST, OPTIONS'],
  ['GET', `${FILES}/x`, {}, 'HEAD, PATCH, DELETE, OPTIONS'],
  ['POST', `${FILES}/x`, {}, 'HEAD, PATCH, DELETE, OPTIONS'],
  ['PROPFIND', `${FILES}/x`, {}, 'HEAD, PATCH, DELETE, OPTIONS'],
])('%s %s with %j is 405 with what the path takes: %s', (method, path, headers, allow) => {
  expect(oddUpload(requestOf(method, headers), path)).toMatchObject({
    status: 405,
    headers: { Allow: allow },
  })
})

test('A compressed upload is 415: it would be stored as it is', () => {
  for (const coding of ['gzip', 'br', 'identity, gzip']) {
    expect(oddUpload(requestOf('POST', { 'content-encoding': coding }), FILES)).toMatchObject({ status: 415 })
  }
})
