import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createSharedReads } from './shared-reads.ts'

test('Those who ask together share one read, which begins after the last of them has asked', async () => {
  const { share } = createSharedReads()
  const began: string[] = []
  let now = 'before'
  const ask = (name: string) =>
    share(name, async () => {
      began.push(name)
      return now
    })
  const early = [ask('a'), ask('a'), ask('b')]
  await Promise.resolve()
  early.push(ask('a'))
  expect(began).toEqual([])
  now = 'after'
  expect(await Promise.all(early)).toEqual(['after', 'after', 'after', 'after'])
  expect(began.toSorted()).toEqual(['a', 'b'])
})

test('Who asks once a read is under way gets one of their own, and never what was so before they asked', async () => {
  const { share } = createSharedReads()
  let revoked = false
  const ask = () =>
    share('key', async () => {
      const found = revoked
      // The answer takes a while to arrive.
      await turn()
      await turn()
      return found
    })
  const first = ask()
  await turn()
  revoked = true
  expect(await Promise.all([first, ask()])).toEqual([false, true])
})

test('A read that fails does so for those who share it, and for nobody after them', async () => {
  const { share } = createSharedReads()
  const failing = () => share('key', () => Promise.reject(new Error('lost')))
  const outcomes = await Promise.allSettled([failing(), failing()])
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(await share('key', async () => 'found')).toBe('found')
})
