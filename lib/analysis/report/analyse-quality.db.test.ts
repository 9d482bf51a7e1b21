import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listDeliverables } from '#lib/samples/find-deliverable.ts'
import { receiveUpload } from '#lib/sessions/upload/receive-upload.ts'
import { verifyUpload } from '#lib/sessions/upload/verify-upload.ts'
import { publishOriginal } from '#lib/testing/export-stand-ins.ts'
import { acceptingCheck, type TestServices, testServices } from '#lib/testing/test-services.ts'
import { runAnalysis } from '../run-analysis.ts'
import { createQualityAnalyzer } from './analyse-quality.ts'
import { QualityDocument } from './quality-document.ts'

let t: TestServices

beforeAll(async () => {
  t = await testServices({
    analyzers: { array: [publishOriginal, createQualityAnalyzer({ program: 'Arraydrop' })], fastq: [] },
  })
})
afterAll(() => t.stop())

test('a sample that failed its checks has the report all the same, which says why as the sample does', async () => {
  const link = await t.anOpenLink()
  const uploadId = await t.anUpload(link)
  await receiveUpload(t.services, uploadId)
  await verifyUpload(
    { ...t.services, checkArchive: acceptingCheck({ autosomalCallRate: 0.5 }) },
    { uploadId },
  )
  const runId = await t.runOf(link.sampleId)
  await runAnalysis(t.services, { runId })

  const files = await listDeliverables(t.services, link.sampleId)
  expect(files.map(({ fileType }) => fileType).sort()).toEqual(['array-zip', 'qc-html', 'qc-json'])
  const read = async (fileType: string) => {
    const { storageKey } = files.find((file) => file.fileType === fileType)!
    return text((await t.services.storage.read(storageKey)).body)
  }
  const document = QualityDocument.parse(JSON.parse(await read('qc-json')))
  const sample = await t.services.db
    .selectFrom('sample')
    .select(['status', 'failed_qc'])
    .where('id', '=', link.sampleId)
    .executeTakeFirstOrThrow()
  expect(sample.status).toBe('failed qc')
  expect(document).toMatchObject({ passed: false, sample_id: link.sampleId, run_id: runId })
  expect(document.checks.find(({ status }) => status === 'failed')?.note).toBe(sample.failed_qc)
  expect(await read('qc-html')).toContain('Did not pass quality control')
})
