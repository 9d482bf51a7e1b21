import { tmpdir } from 'node:os'
import { pino } from 'pino'
import { expect, test, vi } from 'vitest'
import { warnOfFullDisk } from './warn-of-full-disk.ts'

test('A disk with less space than is needed is logged at start; one with enough is not', async () => {
  const warn = vi.fn()
  const log = Object.assign(pino({ level: 'silent' }), { warn })
  await warnOfFullDisk(tmpdir(), log, 1)
  expect(warn).not.toHaveBeenCalled()
  await warnOfFullDisk(tmpdir(), log, Number.MAX_SAFE_INTEGER)
  expect(warn).toHaveBeenCalledWith(
    expect.objectContaining({ free_megabytes: expect.any(Number) }),
    expect.stringContaining('make room'),
  )
})
