import { expect, test } from 'vitest'
import { chosenQuestion, firstQuestion } from './load-ahead.ts'

const asked = (path: string) => firstQuestion(new URL(path, 'https://arraydrop.example'))
const PROJECT = '/console/projects/6f1c'

test('a link leads to the answer that its page asks for, with the filters in its address', () => {
  expect(asked(`${PROJECT}/samples?q=tube&status=failed+qc&page=3`)).toEqual([
    'samples/',
    expect.objectContaining({ project: '6f1c', search: 'tube', status: 'failed qc', limit: 25, offset: 50 }),
  ])
  expect(asked(`${PROJECT}/insights?days=7`)).toEqual([
    'insights/',
    { project: '6f1c', from: expect.any(String) },
  ])
  expect(asked('/console/audit?actor=ada')).toEqual(['audit/', { actor: 'ada', limit: 50, offset: 0 }])
})

test('a single sample is asked for once its link is followed, not before', () => {
  const address = new URL(`${PROJECT}/samples/0b9d`, 'https://arraydrop.example')
  expect(firstQuestion(address)).toBeNull()
  expect(chosenQuestion(address)).toEqual(['samples/0b9d', {}])
})

test('nothing is asked ahead where the page itself does not know yet what it is about', () => {
  for (const path of ['/console', '/console/samples', `${PROJECT}/samples?scope=all`, `${PROJECT}/webhooks`])
    expect(asked(path), path).toBeNull()
})
