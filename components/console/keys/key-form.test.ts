import { expect, test } from 'vitest'
import { rightsOf } from '#lib/access/role.ts'
import type { WireUser } from '#lib/people/wire.ts'
import { bodyOfKey, mintsLinks, rolesToGive, usualRole } from './key-form.ts'

const user = (more: Partial<WireUser>) => ({ rights: [], project_rights: {}, ...more }) as unknown as WireUser

test('A person is offered no role with more rights than their own', () => {
  expect(rolesToGive(user({ rights: rightsOf(['analyst']) }), null)).toEqual([
    'viewer',
    'uploader',
    'analyst',
  ])
  expect(rolesToGive(user({ rights: rightsOf(['viewer']) }), null)).toEqual(['viewer'])
  expect(rolesToGive(user({ rights: rightsOf(['owner']) }), null)).toHaveLength(5)
})

test('A role in one project counts only there', () => {
  const guest = user({ rights: rightsOf(['viewer']), project_rights: { p: rightsOf(['uploader']) } })
  expect(rolesToGive(guest, 'p')).toEqual(['viewer', 'uploader'])
  expect(rolesToGive(guest, 'q')).toEqual(['viewer'])
  expect(rolesToGive(guest, null)).toEqual(['viewer'])
})

test('Empty fields set no limit', () => {
  const empty = { expiry_date: '', ip_range: [], requests_per_minute: '' }
  const asked = bodyOfKey({ name: 'n', role: 'viewer', project_id: null, ...empty })
  expect(asked).toMatchObject({ expiry_date: null, ip_range: null, requests_per_minute: null })
})

test('A key is a project’s when a program can create its links with it: of that project or all, working, and by its role', () => {
  const key = { project_id: 'p', role: 'analyst', has_expired: false } as const
  expect(mintsLinks(key, 'p')).toBe(true)
  expect(mintsLinks({ ...key, project_id: null }, 'p')).toBe(true)
  expect(mintsLinks(key, 'q')).toBe(false)
  expect(mintsLinks({ ...key, has_expired: true }, 'p')).toBe(false)
  expect(mintsLinks({ ...key, role: 'viewer' }, 'p')).toBe(false)
})

test('A key made with the usual role does the first step, and reads no sample; whoever cannot give it gives the least', () => {
  const role = usualRole(rolesToGive(user({ rights: rightsOf(['owner']) }), 'p'))
  expect(mintsLinks({ project_id: 'p', role, has_expired: false }, 'p')).toBe(true)
  expect(rightsOf([role])).not.toContain('sample_read')
  expect(usualRole(rolesToGive(user({ rights: rightsOf(['viewer']) }), 'p'))).toBe('viewer')
})
