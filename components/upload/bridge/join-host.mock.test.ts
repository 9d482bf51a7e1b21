import { afterEach, expect, test, vi } from 'vitest'
import { LOAD_MS_MAX } from '../load-within.ts'
import type { VisitController } from '../visit/visit-controller.ts'
import { joinHost } from './join-host.ts'

vi.mock('./start-bridge.ts', () => new Promise(() => {}))

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('a page whose bridge is on a line that has gone dead leaves by itself', async () => {
  vi.stubGlobal('window', { parent: {} })
  vi.useFakeTimers()
  const host = joinHost()
  host.attend({} as VisitController, { setLocale: () => undefined })
  const left: string[] = []
  host.go('https://partner.example/done', (url) => left.push(url))
  await vi.advanceTimersByTimeAsync(LOAD_MS_MAX - 1)
  expect(left).toEqual([])
  await vi.advanceTimersByTimeAsync(1)
  expect(left).toEqual(['https://partner.example/done'])
})
