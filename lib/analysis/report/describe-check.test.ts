import { expect, test } from 'vitest'
import { describeCheck } from './describe-check.ts'

const check = { status: 'skipped', expected: null, note: '' } as const

test('one figure that is judged twice is shown as one value, on the sound side and beyond it', () => {
  const low = (measured: number) =>
    describeCheck({ key: 'low_heterozygosity', status: 'succeeded', expected: 0.1, measured, note: '' })
  const high = (measured: number, status: 'succeeded' | 'failed') =>
    describeCheck({ key: 'high_heterozygosity', status, expected: 0.45, measured, note: '' })
  expect(low(0.2915).measured).toBe('29.1 %')
  expect(high(0.2915, 'succeeded')).toEqual({ measured: '29.1 %', asked: '≤\u00a045.0 %', result: 'Passed' })
  expect(high(0.450_01, 'failed')).toEqual({ measured: '45.001 %', asked: '≤\u00a045.0 %', result: 'Failed' })
})

test('what nobody asks for, what could not be measured and what is allowed have words of their own', () => {
  expect(describeCheck({ ...check, key: 'low_overall_call_rate', measured: 0.982 })).toEqual({
    measured: '98.2 %',
    asked: '–',
    result: 'Not asked',
  })
  expect(describeCheck({ ...check, key: 'sex_undetermined', measured: true }).measured).toBe('yes')
  expect(describeCheck({ ...check, key: 'heterozygous_haploid', measured: null })).toMatchObject({
    measured: '–',
    result: 'Not told',
  })
  const allowed = { ...check, key: 'build_conflict', measured: false, note: 'build_conflict: …' }
  expect(describeCheck(allowed)).toEqual({ measured: 'no', asked: '–', result: 'Allowed' })
})
