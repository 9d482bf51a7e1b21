import { expect, test } from 'vitest'
import { judgeQuality } from '#lib/analysis/judge-quality.ts'
import { createExportReader } from '#lib/genotype/export-reader.ts'
import { synthesizeExport } from '#lib/genotype/fixtures/synthesize-export.ts'
import { VENDORS } from '#lib/genotype/vendors.ts'
import { ProjectSettings } from '#lib/projects/project.ts'
import { packRecord, unpackRecord } from './pack-record.ts'

/** As it comes out of a column of JSON. */
const stored = (qc: unknown) => JSON.parse(JSON.stringify(qc)) as unknown

function recordOf(vendor: (typeof VENDORS)[number]) {
  const { text } = synthesizeExport({ vendor, rows: 20_000, seed: 3, sex: 'female' })
  const reader = createExportReader({ rowsMin: 0 })
  reader.push(text)
  const verdict = reader.end()
  if (!verdict.ok) throw new Error('The export was refused')
  const { summary } = verdict.accepted
  const checks = judgeQuality(summary, ProjectSettings.parse({}))
  return { vendor, summary, vcf: { records: 7 }, checks }
}

test.each(VENDORS)('the quality record of an export of %s comes back as it was', (vendor) => {
  const record = recordOf(vendor)
  const { qc, packed } = packRecord(record)
  expect(unpackRecord(stored(qc), packed)).toEqual(stored(record))
  expect(packed!.length + JSON.stringify(qc).length).toBeLessThan(JSON.stringify(record).length / 2)
})

test('what the database is asked for stays readable there: four numbers, and the checks', () => {
  const record = recordOf('23andme')
  const { qc } = packRecord(record)
  const { autosomalCallRate, autosomalHeterozygosity, inferredSex, chip } = record.summary
  expect(qc).toEqual({
    ...record,
    summary: { autosomalCallRate, autosomalHeterozygosity, inferredSex, chip },
  })
})

test('numbers that do not follow from others are kept as they are', () => {
  const record = recordOf('23andme')
  record.summary.byChromosome['1']!.calls += 1
  const { qc, packed } = packRecord(record)
  expect(unpackRecord(stored(qc), packed)).toEqual(stored(record))
})

test('a whole record is not touched, whatever was packed before it', () => {
  const { packed } = packRecord(recordOf('23andme'))
  for (const whole of [stored(recordOf('ancestrydna')), null]) {
    expect(unpackRecord(whole, whole === null ? null : packed)).toEqual(whole)
  }
  const reads = { fastq: { reads: 1 }, checks: [] }
  expect(packRecord(reads)).toEqual({ qc: reads, packed: null })
})
