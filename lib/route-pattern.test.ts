import { expect, test } from 'vitest'
import { routeOfPath } from '#lib/platform/http/route-of-path.ts'
import { patternOf } from './route-pattern.ts'

test.each([
  ['/api/v2/samples', {}, '/api/v2/samples'],
  ['/api/v2/samples/', {}, '/api/v2/samples'],
  ['/api/v2/samples/1f/', { sampleId: '1f' }, '/api/v2/samples/{sampleId}'],
  ['/api/v2/samples/samples', { sampleId: 'samples' }, '/api/v2/samples/{sampleId}'],
  ['/api/files/a%20b/c', { fileId: 'a b', name: 'c' }, '/api/files/{fileId}/{name}'],
  ['/api/files/a%20b/c', { fileId: 'a%20b', name: 'c' }, '/api/files/{fileId}/{name}'],
  ['/api/v2/s%61mples/x', { sampleId: 'x' }, '/api/v2/samples/{sampleId}'],
  // What cannot be found in the path must not be left standing in it.
  ['/api/v2/samples/Anna', { sampleId: 'Berta' }, '/api/*'],
  ['/api/what/ever', { path: ['what', 'ever'] }, '/api/*'],
])('%s with %j is %s', (path, params, pattern) => {
  expect(patternOf(path, params)).toBe(pattern)
})

test.each([
  ['/', '/'],
  ['/array-data-upload', '/array-data-upload'],
  ['/array-data-upload/', '/array-data-upload'],
  ['/_next/static/x.js', '/_next/*'],
  ['/console', '/console/*'],
  ['/console/samples/1f', '/console/*'],
  ['/consoles', '*'],
  ['/api/upload/files/1f', '/api/upload/files/*'],
  ['/Anna-Muster.zip', '*'],
])('%s is the route %s', (path, route) => {
  expect(routeOfPath(path)).toBe(route)
})
