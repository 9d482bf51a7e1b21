import { expect, test } from 'vitest'
import { transferEstimate } from './transfer-estimate.ts'

test('there is no estimate until a chunk has been measured', () => {
  let now = 0
  const estimate = transferEstimate(1000, () => now)
  estimate.restart(0)
  expect(estimate.secondsNeeded()).toBeNull()
  now = 1000
  estimate.acknowledge(100)
  expect(estimate.secondsNeeded()).toBe(9)
  now = 2000
  estimate.acknowledge(200)
  expect(estimate.secondsNeeded()).toBe(8)
})

test('the estimate forgets the speed of the last connection', () => {
  let now = 0
  const estimate = transferEstimate(1000, () => now)
  estimate.restart(0)
  for (const offset of [100, 200, 300]) {
    now += 1000
    estimate.acknowledge(offset)
  }
  estimate.restart(300)
  expect(estimate.secondsNeeded()).toBeNull()
  for (const offset of [310, 320]) {
    now += 1000
    estimate.acknowledge(offset)
  }
  expect(estimate.secondsNeeded()).toBe(68)
})

test('the estimate follows a change of speed within a few chunks', () => {
  let now = 0
  const estimate = transferEstimate(10_000, () => now)
  estimate.restart(0)
  let offset = 0
  for (let chunk = 0; chunk < 5; chunk += 1) {
    now += 10_000
    offset += 100
    estimate.acknowledge(offset)
  }
  for (let chunk = 0; chunk < 6; chunk += 1) {
    now += 100
    offset += 100
    estimate.acknowledge(offset)
  }
  expect(estimate.secondsNeeded()).toBeCloseTo((10_000 - offset) / 1000, 5)
})
