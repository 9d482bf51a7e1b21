import { expect, test, vi } from 'vitest'
import { ApiProblem, callApi, PartlyDone } from './api.ts'
import { wordsOf } from './problem-words.ts'

test.each([401, 403, 404, 429, 500, 502, 503])(
  'A refusal with %i says what to do next and has the id of its request',
  (status) => {
    const words = wordsOf(new ApiProblem(status, 'No.', {}, 'req-1'))
    expect(words).toMatch(/^No\. .+\. \(Request req-1\)$/)
  },
)

test('What conflicts says itself what helps, which a reload need not', () => {
  expect(wordsOf(new ApiProblem(409, 'Enable them first.', {}, 'req-1'))).toBe(
    'Enable them first. (Request req-1)',
  )
})

test('What a field says needs no next step, and has its id where no field shows it', () => {
  const problem = new ApiProblem(400, 'Too long.', { name: ['Too long.'] }, 'req-1')
  expect(wordsOf(problem)).toBe('Too long. (Request req-1)')
})

test('Work that was ended says first what was done, then why it ended and what to do', () => {
  const fault = new ApiProblem(503, 'The service had a fault (503).', {}, 'req-1')
  expect(wordsOf(new PartlyDone(fault, '25 of 55 samples were deleted.'))).toMatch(
    /^25 of 55 samples were deleted\. The service had a fault \(503\)\. Try again .+\. \(Request req-1\)$/,
  )
})

test('A fault has its id, whatever a body that is not ours lists', async () => {
  vi.stubGlobal('fetch', async () =>
    Response.json({ errors: ['upstream'] }, { status: 502, headers: { 'Request-Id': 'req-1' } }),
  )
  const error = await callApi('projects/').catch((thrown: Error) => thrown)
  expect(wordsOf(error as Error)).toMatch(/^The service had a fault \(502\)\. .+ \(Request req-1\)$/)
  vi.unstubAllGlobals()
})

test('Without an answer there is no id to show', () => {
  expect(wordsOf(new ApiProblem(0, 'The service could not be reached.', {}, null))).toBe(
    'The service could not be reached.',
  )
})

test('A refusal for a missing role names the roles that may, and the one this person has', async () => {
  const headers = { 'Role-Needed': 'manager, owner', 'Role-Held': 'viewer' }
  const refuse = async () => Response.json({ detail: 'Not allowed.' }, { status: 403, headers })
  vi.stubGlobal('fetch', refuse)
  await expect(callApi('projects/')).rejects.toThrow(
    'Not allowed. Role needed: manager, owner. Yours: viewer.',
  )
  vi.unstubAllGlobals()
})
