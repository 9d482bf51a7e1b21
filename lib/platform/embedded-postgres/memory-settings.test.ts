import { expect, test } from 'vitest'
import { databaseMegabytes, memorySettings } from './memory-settings.ts'

const GIGABYTE = 2 ** 30

test.each([
  ['a small machine has the least', 1, 0, 256],
  ['an eighth of a larger one', 16, 0, 2_048],
  ['of a container’s limit where it has one', 64, 8, 1_024],
  ['of the machine where the limit is none at all', 16, 2 ** 33, 2_048],
  ['never more than a server of its own would need', 1_024, 0, 16_384],
])('The embedded database plans for a share of the memory: %s', (_what, machine, limit, megabytes) => {
  const sizes = { totalmem: () => machine * GIGABYTE, constrainedMemory: () => limit * GIGABYTE }
  expect(databaseMegabytes(sizes)).toBe(megabytes)
})

test('What PostgreSQL gets grows with the memory, between bounds', () => {
  expect(memorySettings(256)).toMatchObject({ shared_buffers: '64MB', work_mem: '4MB' })
  expect(memorySettings(4_096)).toEqual({
    shared_buffers: '1024MB',
    effective_cache_size: '16384MB',
    work_mem: '8MB',
    maintenance_work_mem: '512MB',
    autovacuum_work_mem: '256MB',
  })
})
