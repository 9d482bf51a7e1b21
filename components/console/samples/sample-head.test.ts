import { QueryClient } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import { ApiProblem } from '../api/api.ts'
import { knownHead, listedHead, type SampleHead } from './sample-head.ts'

const row = (status: string) => ({
  id: 'one',
  client_id: 'client-1',
  session_state: null,
  last_status: { status },
})
const list = (status: string) => ({ meta: {}, results: [{ id: 'other' }, row(status)] })

test('a sample that a list has shown begins with what the latest of them said', () => {
  const client = new QueryClient()
  client.setQueryData(['samples/', { limit: 25 }, undefined], list('running'), { updatedAt: 2_000 })
  client.setQueryData(['samples/', { limit: 50 }, undefined], list('scheduled'), { updatedAt: 1_000 })
  expect(listedHead(client, 'one')).toMatchObject({ last_status: { status: 'running' }, hasLink: false })
})

test('a sample that no list has shown, or of which only other answers are kept, is waited for', () => {
  const client = new QueryClient()
  expect(listedHead(client, 'one')).toBeUndefined()
  client.setQueryData(['samples/', {}, undefined], { meta: {}, results: [] })
  client.setQueryData(['samples/one', {}, undefined], row('running'))
  expect(listedHead(client, 'one')).toBeUndefined()
})

const listed = { id: 's', reference: 'order-1' } as SampleHead
const failed = (status: number) => ({ data: undefined, error: new ApiProblem(status, 'No.', {}, null) })

test('what a list has said of a sample stays while its own answer fails, and goes only with the sample', () => {
  expect(knownHead({ data: undefined, error: null }, listed)).toBe(listed)
  for (const status of [0, 401, 429, 500, 503]) expect(knownHead(failed(status), listed)).toBe(listed)
  for (const status of [403, 404]) expect(knownHead(failed(status), listed)).toBe(undefined)
})

test('what a list has said stays the very same while the own answer says no more, so that nothing is drawn twice', () => {
  const client = new QueryClient()
  const common = {
    id: 'one',
    client_id: 'client-1',
    reference: null,
    project: 'p',
    created: '2026-01-01T00:00:00Z',
    last_status: { id: 's', status: 'succeeded', note: '', created: '2026-01-02T00:00:00Z' },
    hidden: false,
  }
  const item = { ...common, vendor: '23andMe', session_state: 'received', metadata_excerpt: null }
  client.setQueryData(['samples/', {}, undefined], { meta: {}, results: [item] })
  const listed = listedHead(client, 'one')
  const answer = (last_rejection: object | null) => {
    const upload_session = { state: 'received', vendor: '23andMe', last_rejection }
    return { data: structuredClone({ ...common, files: [], upload_session }) as never, error: null }
  }
  expect(knownHead(answer(null), listed)).toBe(listed)
  const refused = { reason: 'not_a_zip', detail: null, at: '2026-01-02T00:00:00Z' }
  expect(knownHead(answer(refused), listed)).toEqual({ ...listed, refused })
})
