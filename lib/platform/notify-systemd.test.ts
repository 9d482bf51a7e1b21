import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import { notifySystemd } from './notify-systemd.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'arraydrop-notify-'))
const said = path.join(folder, 'said')
// Stands in for systemd's program: notes where it was to send what.
writeFileSync(path.join(folder, 'systemd-notify'), `#!/bin/sh\necho "$NOTIFY_SOCKET $1" >> ${said}\n`)
chmodSync(path.join(folder, 'systemd-notify'), 0o755)
afterAll(() => rmSync(folder, { recursive: true, force: true }))
beforeEach(() => {
  rmSync(said, { force: true })
  return () => void vi.useRealTimers()
})

const lines = () => (existsSync(said) ? readFileSync(said, 'utf8').trim().split('\n') : [])
const PATH = `${folder}:/usr/bin:/bin`

test('systemd hears that the service is ready, and then that it is alive, three times within each watchdog period', async () => {
  vi.useFakeTimers({ toFake: ['setInterval'] })
  notifySystemd({ NOTIFY_SOCKET: '/run/x', WATCHDOG_USEC: '120000000', PATH })
  await vi.waitFor(() => expect(lines()).toEqual(['/run/x READY=1']), 20_000)
  vi.advanceTimersByTime(120_000)
  await vi.waitFor(() => expect(lines()).toHaveLength(4), 20_000)
  expect(lines().slice(1)).toEqual(Array(3).fill('/run/x WATCHDOG=1'))
})

test('Without a watchdog it is told once, without systemd never, and a machine without the program goes on', async () => {
  vi.useFakeTimers({ toFake: ['setInterval'] })
  notifySystemd({ PATH })
  notifySystemd({ NOTIFY_SOCKET: '/run/y', PATH: '/nowhere' })
  notifySystemd({ NOTIFY_SOCKET: '/run/x', PATH })
  expect(vi.getTimerCount()).toBe(0)
  await vi.waitFor(() => expect(lines()).toEqual(['/run/x READY=1']), 20_000)
})
