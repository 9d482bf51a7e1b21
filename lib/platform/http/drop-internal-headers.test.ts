import { expect, test } from 'vitest'
import { dropFileConditions, dropInternalHeaders, dropUnreadableState } from './drop-internal-headers.ts'

const left = (
  drop: (request: { headers: Record<string, string> }) => void,
  headers: Record<string, string>,
) => {
  drop({ headers })
  return headers
}

test('A router’s state is kept if Next can read it, and removed otherwise', () => {
  const state = (value: unknown) => ({ 'next-router-state-tree': encodeURIComponent(JSON.stringify(value)) })
  const sound = state(['', { children: ['console', { children: [['id', 'x', 'd', null], {}] }] }, null, null])
  expect(left(dropUnreadableState, { ...sound, rsc: '1' })).toEqual({ ...sound, rsc: '1' })
  for (const bad of [[''], ['', 5], ['', {}, 'x'], ['', {}, null, 'bogus'], {}, null, 'x'.repeat(50_000)]) {
    expect(left(dropUnreadableState, { ...state(bad), rsc: '1' })).toEqual({ rsc: '1' })
  }
  expect(left(dropUnreadableState, { 'next-router-state-tree': '%ff' })).toEqual({})
  expect(left(dropUnreadableState, { rsc: '1' })).toEqual({ rsc: '1' })
})

test('Conditions that a file may fail to meet are removed; those that save sending it stay', () => {
  const saving = { 'if-none-match': '"x"', 'if-modified-since': 'x', accept: '*/*' }
  const failing = { range: 'bytes=9-', 'if-match': '"x"', 'if-unmodified-since': 'x' }
  expect(left(dropFileConditions, { ...saving, ...failing })).toEqual(saving)
})

test('Headers and cookies by which Next talks to itself are removed, and no others', () => {
  const own = {
    rsc: '1',
    'next-action': 'x',
    'x-nextjs-data': '1',
    cookie: '__prerender_bypass=x; session=y',
  }
  expect(left(dropInternalHeaders, { ...own, 'x-request-id': 'z' })).toEqual({
    cookie: 'session=y',
    'x-request-id': 'z',
  })
})
