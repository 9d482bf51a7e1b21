import { expect, test } from 'vitest'
import { aSummary } from '#lib/testing/export-stand-ins.ts'
import type { ImputationReport } from '../imputation/imputation-report.ts'
import { noRows } from '../imputation/target/alignment-counts.ts'
import { buildQualityDocument } from './build-quality-document.ts'
import { QualityDocument } from './quality-document.ts'
import { renderReport } from './render-report.ts'

const accuracy = { markers: 640, concordance: 0.9832, nonReferenceDiscordance: 0.0551, dosageR2: 0.961 }

const MADE: ImputationReport = {
  why: null,
  panel: {
    id: 'p/1@0123456789ab',
    name: 'p',
    version: '1',
    build: 37,
    people: 2_504,
    licence: '<open>',
    citation: 'Nobody 2026',
  },
  engine: 'Beagle 5.4 (22Jul22.46e)',
  rows: { ...noRows(), rows: 5_000, called: 4_900, inPanel: 4_800, kept: 4_700, otherStrand: 61, outside: 9 },
  gaps: { stretches: 150, gaps: 1 },
  xMixed: 0.001,
  regions: [
    { key: '22', sites: 1_000, markers: 900, leftOut: null, imputed: 100, sure: 90 },
    { key: 'X', sites: 500, markers: 3, leftOut: 'too_few_markers', imputed: 0, sure: 0 },
  ],
  masked: {
    regions: ['20', '22'],
    ...accuracy,
    byFrequency: [
      { upTo: 0.01, markers: 0, concordance: null, nonReferenceDiscordance: null, dosageR2: null },
      { upTo: 0.05, ...accuracy, markers: 40, dosageR2: null },
      { upTo: 0.5, ...accuracy, markers: 600 },
    ],
  },
  sites: 1_000,
  typed: 900,
  imputed: 100,
  sure: 90,
  meanSureness: 0.97,
  cpuSeconds: 3_600,
  peakMegabytes: 900,
  bytes: 12_345,
}

const documentOf = (imputation?: ImputationReport) =>
  buildQualityDocument({
    sampleId: '11111111-1111-4111-8111-111111111111',
    runId: '22222222-2222-4222-8222-222222222222',
    vendor: '23andme',
    summary: aSummary(),
    checks: [],
    vcf: undefined,
    imputation,
  })

test('qc-json has every figure of an imputation in its documented shape, and nothing that differs when it is made again', () => {
  const document = documentOf(MADE)
  expect(QualityDocument.parse(document)).toEqual(document)
  expect(document.imputation).toMatchObject({
    made: true,
    rows: { kept: 4_700, other_strand: 61, outside_panel: 9 },
    masked: {
      concordance: 0.9832,
      by_frequency: [{ up_to: 0.01, markers: 0 }, { markers: 40 }, { markers: 600 }],
    },
  })
  expect(documentOf({ ...MADE, cpuSeconds: 1, peakMegabytes: 1 })).toEqual(document)
  expect(documentOf().imputation).toBeNull()
})

test('The report says what was imputed, from what and how well, that it is an estimate, and why what was left out was', () => {
  const text = renderReport(documentOf(MADE))
  for (const words of [
    'estimates, not measurements, and are not for medical decisions',
    'p/1@0123456789ab',
    'Beagle 5.4 (22Jul22.46e)',
    '&lt;open&gt;',
    '1,000 sites: 900 read by the chip, 100 imputed; 90.0',
    '640 markers of chromosomes 20 and 22',
    '98.3',
    'too few markers',
  ]) {
    expect(text).toContain(words)
  }
  expect(renderReport(documentOf())).not.toContain('Imputation')
})

test('The report of a sample that was not imputed says why, in words', () => {
  const text = renderReport(
    documentOf({ ...MADE, why: 'other_build', masked: null, rows: null, regions: [], sites: 0 }),
  )
  expect(text).toContain('of another reference build than the panel expects of exports')
  expect(text).not.toContain('read by the chip')
})
