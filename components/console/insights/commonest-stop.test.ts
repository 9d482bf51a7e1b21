import { expect, test } from 'vitest'
import type { Insights } from '#lib/insights/wire.ts'
import { commonestStop } from './commonest-stop.ts'

const vendor = (failed_qc: number, failed: number): Insights['vendors'][number] => ({
  vendor: '23andme',
  received: 9,
  succeeded: 1,
  failed_qc,
  failed,
})
const STOPS: Insights['stops'] = [
  { stage: 'opened', reason: 'link_expired', detail: null, links: 1_200 },
  { stage: 'checked', reason: 'session_expired', detail: null, links: 4 },
  { stage: 'checked', reason: 'not_a_zip', detail: 'raw_text', links: 3 },
  { stage: 'checked', reason: 'not_a_zip', detail: 'pdf', links: 2 },
]

test('Each stage names why most links stopped before it, all details of a reason together', () => {
  const said = (stage: keyof Insights['funnel']) => commonestStop(stage, { stops: STOPS, vendors: [] })
  expect(said('opened')).toBe('; most often: the link was not opened in time, 1,200 of them')
  expect(said('checked')).toBe('; most often: not a .zip file, 5 of them (raw text: 3)')
  expect(said('uploaded')).toBe('')
})

test('What stops accepted files is their quality checks or their analysis, of all vendors together', () => {
  const said = (...vendors: Insights['vendors']) => commonestStop('succeeded', { stops: STOPS, vendors })
  expect(said(vendor(1, 0))).toBe('; most often: the quality checks failed, 1 of them')
  expect(said(vendor(1, 2), vendor(0, 1))).toBe('; most often: the analysis failed, 3 of them')
  expect(said(vendor(0, 0))).toBe('')
})

test('An answer without the reasons names none, and still what stops accepted files', () => {
  expect(commonestStop('opened', { vendors: [] })).toBe('')
  expect(commonestStop('succeeded', { vendors: [vendor(1, 0)] })).toContain('the quality checks failed')
})
