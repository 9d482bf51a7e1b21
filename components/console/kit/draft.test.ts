import { expect, test } from 'vitest'
import { changesOf, type Draft, follow, isOvertaken, settle, takeTheirs } from './draft.ts'

const KEPT = { name: 'Clinic', description: '', origins: ['https://a.example'] }
const typed = (values: Partial<typeof KEPT>): Draft<typeof KEPT> => ({
  base: KEPT,
  values: { ...KEPT, ...values },
  overtaken: [],
})

test('Only changed fields are sent, so that saving does not undo another person’s change', () => {
  expect(changesOf(KEPT, { ...KEPT, origins: ['https://a.example'] })).toEqual({})
  expect(changesOf(KEPT, { ...KEPT, origins: [] })).toEqual({ origins: [] })
})

test('What somebody else saves is shown where nothing is typed, and takes nothing that is', () => {
  expect(follow(typed({ description: 'typed' }), { ...KEPT, name: 'Other' })).toEqual({
    base: { ...KEPT, name: 'Other' },
    values: { ...KEPT, name: 'Other', description: 'typed' },
    overtaken: [],
  })
})

test('A field that somebody else changed under what is typed keeps that and is overtaken, until both say the same', () => {
  const first = follow(typed({ name: 'Mine' }), { ...KEPT, name: 'Theirs' })
  expect(first).toMatchObject({ values: { name: 'Mine' }, base: { name: 'Theirs' }, overtaken: ['name'] })
  expect(follow(first, { ...KEPT, name: 'Theirs', description: 'and more' }).overtaken).toEqual(['name'])
  expect(follow(first, { ...KEPT, name: 'Mine' })).toMatchObject({ values: { name: 'Mine' }, overtaken: [] })
  expect(follow(typed({ name: 'Mine' }), { ...KEPT, name: 'Mine' }).overtaken).toEqual([])
})

test('A save goes ahead only over what the person has seen', () => {
  const mine = typed({ name: 'Mine' })
  expect(isOvertaken(mine, KEPT)).toBe(false)
  expect(isOvertaken(mine, { ...KEPT, description: 'theirs' })).toBe(false)
  expect(isOvertaken(mine, { ...KEPT, name: 'Mine' })).toBe(false)
  const theirs = { ...KEPT, name: 'Theirs' }
  expect(isOvertaken(mine, theirs)).toBe(true)
  const seen = follow(mine, theirs)
  expect(isOvertaken(seen, theirs)).toBe(false)
  expect(isOvertaken(seen, { ...KEPT, name: 'Theirs again' })).toBe(true)
})

test('What is typed while a save is under way stays and is not saved; all else becomes what the service made of it', () => {
  const sent = { ...KEPT, name: ' Clinic 2 ', description: 'one' }
  const kept = { ...KEPT, name: 'Clinic 2', description: 'one' }
  const settled = settle({ ...sent, description: 'one two' }, sent, kept)
  expect(settled).toEqual({ base: kept, values: { ...kept, description: 'one two' }, overtaken: [] })
  expect(changesOf(settled.base, settled.values)).toEqual({ description: 'one two' })
})

test('Taking theirs gives up the overtaken fields alone', () => {
  const draft = follow(typed({ name: 'Mine', description: 'typed' }), { ...KEPT, name: 'Theirs' })
  expect(takeTheirs(draft)).toMatchObject({
    values: { name: 'Theirs', description: 'typed' },
    overtaken: [],
  })
})
