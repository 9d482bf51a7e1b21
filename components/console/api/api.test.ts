import { expect, test, vi } from 'vitest'
import { actOnlyFor, callApi } from './api.ts'

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
