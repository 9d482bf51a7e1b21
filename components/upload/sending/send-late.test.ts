import { expect, test, vi } from 'vitest'
import type { SendJob } from './send-file.ts'
import { sendLate } from './send-late.ts'
import { timersForTests } from './timers-for-tests.ts'

/** A sender whose code comes after so many failures. */
function late({ failures = 0, online = true, hangs = false } = {}) {
  const timers = timersForTests()
  const sending = { cancel: vi.fn(async () => undefined), stop: vi.fn(), wake: vi.fn(), tryAgain: vi.fn() }
  const sendFile = vi.fn(() => sending)
  const onLine = vi.fn()
  let left = failures
  const load = async () => {
    if (hangs) return new Promise<never>(() => {})
    if (left-- > 0) throw new Error('no network')
    return { sendFile }
  }
  const job = { timers, online: () => online, onLine } as unknown as SendJob
  const settle = () => new Promise((resolve) => setImmediate(resolve))
  return { timers, sending, sendFile, onLine, settle, sent: sendLate(job, load) }
}

test('a file is sent once its code is there, and steered from then on', async () => {
  const { sent, sendFile, sending, settle } = late()
  expect(sendFile).not.toHaveBeenCalled()
  await settle()
  expect(sendFile).toHaveBeenCalledTimes(1)
  sent.wake()
  sent.tryAgain()
  sent.stop()
  await sent.cancel()
  for (const call of Object.values(sending)) expect(call).toHaveBeenCalledTimes(1)
})

test.each([
  ['stalled', true],
  ['offline', false],
])('code that does not come is said to be %s, and is tried again', async (line, online) => {
  const { sendFile, onLine, timers, settle } = late({ failures: 1, online })
  await settle()
  expect(onLine).toHaveBeenCalledWith(line, null)
  timers.advance(2_000)
  await settle()
  expect(sendFile).toHaveBeenCalledTimes(1)
})

test('code that neither comes nor fails is said to be stalled', async () => {
  const { onLine, timers, settle } = late({ hangs: true })
  timers.advance(10_000)
  await settle()
  expect(onLine).toHaveBeenCalledWith('stalled', null)
})

test('a network that is back, or the person, does not wait for the next try', async () => {
  const { sent, sendFile, settle } = late({ failures: 2 })
  await settle()
  sent.wake()
  await settle()
  sent.tryAgain()
  await settle()
  expect(sendFile).toHaveBeenCalledTimes(1)
})

test('nothing is sent of what was stopped before its code came', async () => {
  const stopped = late()
  stopped.sent.stop()
  const canceled = late({ failures: 1 })
  await canceled.settle()
  await canceled.sent.cancel()
  canceled.timers.advance(10_000)
  await canceled.settle()
  expect(stopped.sendFile).not.toHaveBeenCalled()
  expect(canceled.sendFile).not.toHaveBeenCalled()
})
