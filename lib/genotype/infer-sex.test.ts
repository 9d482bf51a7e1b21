import { expect, test } from 'vitest'
import { inferSex, readSexEvidence } from './infer-sex.ts'

const female = { xCalls: 15_000, xHeterozygous: 3_900, yRows: 3_700, yCalls: 0, autosomalCallRate: 0.98 }
const male = { xCalls: 15_000, xHeterozygous: 40, yRows: 3_700, yCalls: 3_600, autosomalCallRate: 0.98 }

test('X and Y that agree decide', () => {
  expect(inferSex(female)).toBe('female')
  expect(inferSex(male)).toBe('male')
})

test('a few stray calls on Y do not make a woman a man', () => {
  expect(inferSex({ ...female, yCalls: 30 })).toBe('female')
})

test('X alone decides where a vendor lists no Y', () => {
  expect(inferSex({ ...female, yRows: 0 })).toBe('female')
  expect(inferSex({ ...male, yRows: 0, yCalls: 0 })).toBe('male')
})

test('a poor sample is not taken for a missing Y', () => {
  expect(inferSex({ ...male, yCalls: 1_800, autosomalCallRate: 0.6 })).toBe('male')
})

test('contradiction, the range between the bounds, and too little evidence leave it undetermined', () => {
  expect(inferSex({ ...male, yCalls: 0 }), 'one X and no Y').toBe('undetermined')
  expect(inferSex({ ...female, yCalls: 3_600 }), 'two X and a Y').toBe('undetermined')
  expect(inferSex({ ...male, xHeterozygous: 1_000 }), 'a mixed sample').toBe('undetermined')
  expect(inferSex({ ...female, yCalls: 1_300 })).toBe('undetermined')
  expect(inferSex({ ...male, xCalls: 10, xHeterozygous: 4, yRows: 3, yCalls: 0 })).toBe('undetermined')
})

test('either chromosome is read by itself, and says nothing where it has too little', () => {
  expect(readSexEvidence({ ...female, yCalls: 3_600 })).toMatchObject({ byX: 'female', byY: 'male' })
  expect(readSexEvidence({ ...male, yRows: 0, yCalls: 0 })).toMatchObject({
    byX: 'male',
    byY: null,
    yCallRate: null,
  })
  expect(readSexEvidence({ ...male, xHeterozygous: 1_000 })).toMatchObject({
    byX: 'undetermined',
    byY: 'male',
  })
  expect(readSexEvidence({ ...male, yCalls: 1_850, autosomalCallRate: 0.5 }).yCallRate).toBe(1)
})
