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
const REASONS: Insights['reasons'] = [
  { kind: 'rejected', reason: 'not_a_zip', count: 1_200 },
  { kind: 'expired', reason: 'link_expired', count: 7 },
]

test('Each stage names what stopped most links before it', () => {
  expect(commonestStop('received', { reasons: REASONS, vendors: [] })).toMatch(/most often: .+, 1,200 times$/)
  expect(commonestStop('opened', { reasons: REASONS, vendors: [] })).toMatch(/most often: .+, 7 times$/)
  expect(commonestStop('uploaded', { reasons: REASONS, vendors: [] })).toBe('')
})

test('What stops accepted files is their quality checks or their analysis, of all vendors together', () => {
  const said = (...vendors: Insights['vendors']) => commonestStop('succeeded', { reasons: [], vendors })
  expect(said(vendor(1, 0))).toBe('; most often: the quality checks failed, once')
  expect(said(vendor(1, 2), vendor(0, 1))).toBe('; most often: the analysis failed, 3 times')
  expect(said(vendor(0, 0))).toBe('')
})
