import { expect, test, vi } from 'vitest'
import { actOnlyFor, callApi, PartlyDone } from './api.ts'
import { mayHaveBeenDone, mayPass, sayRefused } from './problem-words.ts'

test('Every request names the person whom the page is shown to, and says when that is not the one signed in', async () => {
  const asked: Headers[] = []
  vi.stubGlobal('fetch', async (_path: string, { headers }: RequestInit) => {
    asked.push(new Headers(headers))
    const refusal = { detail: 'Another person has signed in in this browser.', code: 'another_person' }
    return Response.json(refusal, { status: 401 })
  })
  actOnlyFor('ada')
  for (const method of ['GET', 'POST', 'PATCH', 'DELETE'] as const) {
    const refused = { status: 401, code: 'another_person' }
    await expect(callApi('projects/', { method })).rejects.toMatchObject(refused)
  }
  expect(asked.map((headers) => headers.get('console-person'))).toEqual(['ada', 'ada', 'ada', 'ada'])
  actOnlyFor(null)
  vi.unstubAllGlobals()
})

/** Answers in this order; none for null. */
const answering = (...answers: (Response | null)[]) =>
  vi.stubGlobal('fetch', async () => answers.shift() ?? Promise.reject(new TypeError('Failed to fetch')))
const cutOff = () =>
  new Response(new ReadableStream({ start: (stream) => stream.error(new TypeError('cut')) }))
const failing = (request: Promise<unknown>) => request.catch((error: Error) => error) as Promise<Error>
const post = (key?: string) => failing(callApi('user-api-keys/', { method: 'POST', body: {}, key }))

test('a change without an answer may have been made, which is said where nothing keeps it from being made twice', async () => {
  answering(null, cutOff(), new Response('Bad Gateway', { status: 502 }), null, null)
  for (let lost = 0; lost < 3; lost++) expect((await post()).message).toMatch(/may have been done .* look/)
  expect((await post('key-1')).message).toContain('try again: nothing is done twice')
  expect((await failing(callApi('projects/'))).message).not.toContain('may have been done')
  vi.unstubAllGlobals()
})

test('a change that was begun without a connection was not sent, and nothing repeats it by itself', async () => {
  answering(Response.json({}), null, null, Response.json({ id: 1 }))
  await post()
  vi.stubGlobal('navigator', { onLine: false })
  const refused = await post()
  expect(refused).toMatchObject({ status: 0, message: expect.stringMatching(/offline: this was not sent/) })
  expect([mayPass(refused), mayHaveBeenDone(refused)]).toEqual([false, false])
  expect((await failing(callApi('projects/'))).message).toContain('could not be reached')
  // A service on the same machine answers all the same.
  expect(await post()).toEqual({ id: 1 })
  // An earlier try may have been carried out.
  vi.stubGlobal('navigator', { onLine: true })
  answering(null, null)
  await post()
  vi.stubGlobal('navigator', { onLine: false })
  const repeated = await post()
  expect([repeated.message, mayHaveBeenDone(repeated)]).toEqual([
    expect.stringMatching(/may have been/),
    true,
  ])
  vi.unstubAllGlobals()
})

test('what an ended session refused is called not done only if no earlier try of it was lost', async () => {
  const ended = () => Response.json({ detail: 'Your session has ended.' }, { status: 401 })
  const turn = () => failing(callApi('projects/1', { method: 'PATCH', body: {} }))
  answering(ended(), null, ended(), Response.json({}), ended())
  expect(sayRefused(await turn())).toBe('What you did last was not carried out: repeat it afterwards.')
  await turn()
  const refused = await turn()
  expect(refused).toMatchObject({ status: 401 })
  expect(sayRefused(refused)).toMatch(/may have been carried out .* look before you repeat it/)
  expect(sayRefused(new PartlyDone(refused, '25 were deleted.'))).toMatch(
    /^25 were deleted\. .* may have been/,
  )
  await turn()
  expect(sayRefused(await turn())).toContain('was not carried out')
  vi.unstubAllGlobals()
})
