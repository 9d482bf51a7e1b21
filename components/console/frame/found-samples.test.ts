import { expect, test } from 'vitest'
import { ApiProblem } from '../api/api.ts'
import { foundSamples } from './found-samples.ts'

const PAGE = { meta: { count: 0, more: false, next: null, previous: null }, results: [] }
const result = { data: PAGE, error: null, isFetching: false, isPlaceholderData: false }
const asked = { wanted: 'client-7', search: 'client-7', enabled: true, result }
const error = new ApiProblem(500, 'The service answered 500.', {}, 'request-1')

test('a search that failed is not one that found nothing, and says its request and what to do', () => {
  expect(foundSamples(asked)).toEqual({ state: 'found', samples: [] })
  const failed = foundSamples({ ...asked, result: { ...result, data: undefined, error } })
  expect(failed).toMatchObject({ state: 'failed', samples: [] })
  expect(failed).toHaveProperty('why', expect.stringMatching(/500.*Try again.*request-1/))
})

test('a search that has not looked at all samples yet has not found nothing', () => {
  const next = 'https://dna.example/api/v2/samples/?limit=6&offset=0&after=QUJD'
  const data = { ...PAGE, meta: { ...PAGE.meta, more: true, next } }
  expect(foundSamples({ ...asked, result: { ...result, data } })).toEqual({
    state: 'unfinished',
    samples: [],
  })
})

test('what was found for another text, or before the present try, is not shown as the answer', () => {
  const searching = { state: 'searching', samples: [] }
  expect(foundSamples({ ...asked, wanted: 'client-77' })).toEqual(searching)
  expect(foundSamples({ ...asked, result: { ...result, isPlaceholderData: true } })).toEqual(searching)
  expect(foundSamples({ ...asked, result: { ...result, error, isFetching: true } })).toEqual(searching)
  expect(foundSamples({ ...asked, enabled: false })).toEqual({ state: 'idle', samples: [] })
})
