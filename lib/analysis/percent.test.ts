import { expect, test } from 'vitest'
import { percentBeside, percentDown, percentOfLimit, percentReaching } from './percent.ts'

test('one figure is shown as one value, whichever limit stands beside it', () => {
  for (const share of [0, 0.0042, 0.2915, 0.29, 0.45, 0.449_99, 1]) {
    if (share <= 0.45) expect(percentBeside(share, 0.45)).toBe(percentDown(share))
    expect(percentBeside(share, null)).toBe(percentDown(share))
  }
  expect(percentDown(0.2915)).toBe('29.1 %')
})

test('what lies just beyond a limit is never shown as the limit, on either side', () => {
  expect(percentDown(0.899_99)).toBe('89.9 %')
  expect(percentBeside(0.4504, 0.45)).toBe('45.04 %')
  expect(percentBeside(0.450_01, 0.45)).toBe('45.001 %')
  expect(percentBeside(0.450_000_1, 0.45)).toBe('>45.0 %')
  expect(percentBeside(0.051_236_5, 0.051_236)).toBe('>5.1236 %')
  expect(percentBeside(1e-6, 0)).toBe('>0.0 %')
})

test('what is there is not shown as nothing', () => {
  expect(percentDown(4e-6)).toBe('<0.001 %')
  expect(percentDown(0)).toBe('0.0 %')
})

test('a limit is shown as it was given, and what reaches it is not shown below it', () => {
  expect([0, 0.45, 0.9725, 0.97251, 0.000_005, 0.972_567_89].map(percentOfLimit)).toEqual([
    '0.0 %',
    '45.0 %',
    '97.25 %',
    '97.251 %',
    '0.0005 %',
    '97.256789 %',
  ])
  expect(percentReaching(0.9726, 0.9725)).toBe('97.26 %')
  expect(percentReaching(0.9725, 0.9725)).toBe('97.25 %')
  expect(percentReaching(0.972_55, 0.972_52)).toBe('97.255 %')
  expect(percentReaching(0.972_567_895, 0.972_567_89)).toBe('97.256789 %')
  expect(percentReaching(0.9724, 0.9725)).toBe('97.2 %')
  expect(percentReaching(0.9817, 0.97)).toBe('98.1 %')
  expect(percentReaching(0, 0)).toBe('0.0 %')
})
