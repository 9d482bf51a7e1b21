import { describe, expect, it } from 'vitest'
import { readAddress, sectionHref } from './addresses.ts'

describe('the project in the address', () => {
  it.each([
    ['/console', { projectId: null, section: null, below: null }],
    ['/console/people', { projectId: null, section: null, below: null }],
    ['/console/projects', { projectId: null, section: null, below: null }],
    ['/console/projects/p1', { projectId: 'p1', section: null, below: null }],
    ['/console/projects/p1/samples', { projectId: 'p1', section: 'samples', below: null }],
    ['/console/projects/p1/samples/s1', { projectId: 'p1', section: 'samples', below: 's1' }],
    ['/console/projects/p1/fastqs/import', { projectId: 'p1', section: 'fastqs', below: 'import' }],
    ['/console/projects/p1/elsewhere', { projectId: 'p1', section: null, below: null }],
    ['/console/samples', { projectId: null, section: 'samples', below: null }],
    ['/console/webhooks/w1', { projectId: null, section: 'webhooks', below: 'w1' }],
  ])('%s is read as it was written', (pathname, address) => {
    expect(readAddress(pathname)).toEqual(address)
  })

  it('leads to the project where one is known, and otherwise to the address without', () => {
    expect(sectionHref('p1', 'samples', 's1')).toBe('/console/projects/p1/samples/s1')
    expect(sectionHref(null, 'webhooks')).toBe('/console/webhooks')
  })
})
