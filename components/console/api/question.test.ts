import { afterEach, expect, test, vi } from 'vitest'
import { questionOf } from './question.ts'

afterEach(() => vi.unstubAllGlobals())

const page = (results: string[], after: string | null) => ({
  meta: {
    count: 0,
    next:
      after === null ? null : `https://arraydrop.example/api/v2/samples/?limit=25&offset=0&after=${after}`,
  },
  results,
})

/** Answers in this order, the last again and again; resolves with what was asked for and what is shown. */
async function asked(answers: unknown[], query: Record<string, string | number>) {
  const paths: string[] = []
  vi.stubGlobal('fetch', async (path: string) => {
    paths.push(path)
    return Response.json(answers[Math.min(paths.length, answers.length) - 1])
  })
  const shown = await questionOf('samples/', query).queryFn({ signal: new AbortController().signal })
  return { paths, shown }
}

test('a page of a list that ended before anything was found is followed until something is', async () => {
  const found = page(['one'], 'c')
  const { paths, shown } = await asked([page([], 'a'), page([], 'b'), found], { search: 'x', offset: 0 })
  expect(paths).toEqual([
    '/api/v2/samples/?search=x&offset=0',
    '/api/v2/samples/?search=x&after=a',
    '/api/v2/samples/?search=x&after=b',
  ])
  expect(shown).toEqual(found)
})

test('it is followed four times, and an empty page at the end of a list or another answer never', async () => {
  expect((await asked([page([], 'a')], {})).paths).toHaveLength(5)
  expect((await asked([page([], null)], {})).paths).toHaveLength(1)
  expect((await asked([{ id: 's', results: 'none' }], {})).paths).toHaveLength(1)
  expect((await asked([null], {})).paths).toHaveLength(1)
})
