import { afterAll, beforeAll, expect, test } from 'vitest'
import { QualityControl } from '#lib/analysis/present-quality.ts'
import { QUALITY_KEYS } from '#lib/analysis/quality-rules.ts'
import { runAnalysis } from '#lib/analysis/run-analysis.ts'
import { provideServices } from '#lib/services.ts'
import { receiveUpload } from '#lib/sessions/upload/receive-upload.ts'
import { verifyUpload } from '#lib/sessions/upload/verify-upload.ts'
import {
  acceptingCheck,
  type TestPartner,
  type TestServices,
  testServices,
} from '#lib/testing/test-services.ts'
import { GET, POST } from './route.ts'

let t: TestServices

beforeAll(async () => {
  t = await testServices()
  provideServices(t.services)
})
afterAll(async () => {
  provideServices(undefined)
  await t.stop()
})

function request(sampleId: string, key: string, { method = 'GET', query = '' } = {}) {
  const url = `http://localhost/api/v2/sample-quality-controls/${sampleId}${query}`
  const asked = new Request(url, { method, headers: { authorization: `Api-Key ${key}` } })
  return (method === 'GET' ? GET : POST)(asked, { params: Promise.resolve({ sampleId }) })
}

/** A sample whose file has this call rate, analysed. */
async function anAnalysedSample(partner: TestPartner, autosomalCallRate: number): Promise<string> {
  const link = await t.anOpenLink({}, partner)
  const uploadId = await t.anUpload(link)
  await receiveUpload(t.services, uploadId)
  await verifyUpload({ ...t.services, checkArchive: acceptingCheck({ autosomalCallRate }) }, { uploadId })
  await runAnalysis(t.services, { runId: await t.runOf(link.sampleId) })
  return link.sampleId
}

test('before its analysis a sample has no quality controls', async () => {
  const partner = await t.aPartner()
  const { sampleId } = await t.aLink({}, partner)
  const response = await request(sampleId, partner.key)
  expect(response.status).toBe(200)
  expect(await response.json()).toEqual({ meta: { count: 0, next: null, previous: null }, results: [] })
})

test('after it, format and every check of the list are there in Gencove’s shape, page by page', async () => {
  const partner = await t.aPartner()
  const sampleId = await anAnalysedSample(partner, 0.8)
  const { meta, results } = await (await request(sampleId, partner.key)).json()
  expect(meta).toEqual({ count: QUALITY_KEYS.length + 1, next: null, previous: null })
  expect(results.map((result: QualityControl) => result.quality_control_type.key)).toEqual([
    'format',
    ...QUALITY_KEYS,
  ])
  for (const result of results) expect(QualityControl.strict().parse(result)).toEqual(result)
  expect(results[0].quality_control).toEqual({
    value_expected: null,
    value_measured: null,
    value_string: 'yes',
    status: 'succeeded',
  })
  expect(results[1]).toEqual({
    quality_control_type: {
      key: 'low_call_rate',
      type: 'float',
      name: 'Call rate, autosomes',
      description_markdown: expect.stringContaining('chromosomes 1 to 22'),
      display_type: 'percentage',
      display_only_if_failed: false,
    },
    quality_control: {
      value_expected: 0.9,
      value_measured: 0.8,
      value_string: expect.stringMatching(/^low_call_rate: 80\.0 % /),
      status: 'failed',
    },
  })
  const second = await (await request(sampleId, partner.key, { query: '?limit=5&offset=5' })).json()
  expect(second.results).toEqual(results.slice(5, 10))
  expect(second.meta).toMatchObject({ count: results.length, previous: expect.stringContaining('offset=0') })
})

test('a check that passed shows what was measured, and one that is switched off is skipped', async () => {
  const partner = await t.aPartner({ callRateMin: null })
  const { results } = await (await request(await anAnalysedSample(partner, 0.7), partner.key)).json()
  expect(results[1].quality_control).toEqual({
    value_expected: null,
    value_measured: 0.7,
    value_string: '70.0 %',
    status: 'skipped',
  })
})

test('a sample of another project and an unknown sample are the same 404', async () => {
  const [partner, other] = [await t.aPartner(), await t.aPartner()]
  const { sampleId } = await t.aLink({}, other)
  const answers = await Promise.all(
    [sampleId, crypto.randomUUID(), 'nonsense'].map((id) => request(id, partner.key)),
  )
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404])
  for (const answer of answers) expect(await answer.json()).toEqual({ detail: 'Not found.' })
})

test('without a key nothing can be read or posted', async () => {
  const { key } = await t.aPartner()
  expect((await request(crypto.randomUUID(), 'wrong')).status).toBe(401)
  expect((await request(crypto.randomUUID(), key, { method: 'POST' })).status).toBe(405)
})
