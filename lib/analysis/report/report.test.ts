import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createExportReader } from '#lib/genotype/export-reader.ts'
import type { ExportPlan } from '#lib/genotype/fixtures/export-plan.ts'
import { synthesizeExport } from '#lib/genotype/fixtures/synthesize-export.ts'
import { ProjectSettings } from '#lib/projects/project.ts'
import type { VcfReport } from '../array/vcf-report.ts'
import { judgeQuality, type QualityCheck } from '../judge-quality.ts'
import { QUALITY_KEYS, QUALITY_RULES } from '../quality-rules.ts'
import { createQualityAnalyzer } from './analyse-quality.ts'
import { buildQualityDocument } from './build-quality-document.ts'
import { plotDensity } from './plot-density.ts'
import { QualityDocument } from './quality-document.ts'
import { renderReport } from './render-report.ts'

const SAMPLE = '5f0a2c1e-7b1c-4d7e-9d5d-0c9a4f6c2b11'
const RUN = 'a2b6c9a4-44d1-4f0c-8c8e-6a2f1e0d9b77'
const VCF: VcfReport = {
  written: true,
  referenceBuild: 37,
  records: 912_345,
  rows: {
    homozygousReference: 400_001,
    heterozygous: 170_002,
    homozygousAlternate: 42_003,
    noCall: 9_004,
    indel: 3_105,
    mismatch: 126,
    unknownReference: 3,
  },
  otherStrand: { homozygousAlternate: 7, mismatch: 40 },
  withoutContig: 0,
  outsideContig: 0,
}

function read(plan: Partial<ExportPlan> = {}) {
  const reader = createExportReader({ rowsMin: 100 })
  reader.push(synthesizeExport({ vendor: '23andme', rows: 8_000, seed: 7, ...plan }).text)
  const verdict = reader.end()
  if (!verdict.ok) throw new Error('refused')
  return verdict.accepted
}

function aDocument(
  plan: Partial<ExportPlan> = {},
  { vcf, checks = [] }: { vcf?: VcfReport; checks?: QualityCheck[] } = {},
): QualityDocument {
  const { vendor, summary } = read(plan)
  const judged = [...judgeQuality(summary, ProjectSettings.parse({})), ...checks]
  return buildQualityDocument({ sampleId: SAMPLE, runId: RUN, vendor, summary, checks: judged, vcf })
}

const failing = (texts: Partial<QualityCheck>): QualityCheck => ({
  key: 'own-check',
  status: 'failed',
  expected: 1,
  measured: 2,
  note: 'own-check: it is not right.',
  ...texts,
})

/** What a person reads, tags left out. */
const textOf = (page: string) => page.replace(/<style>.*<\/style>/s, '').replace(/<[^>]*>/g, ' ')
const shown = (count: number) => count.toLocaleString('en-US')

describe('qc-json', () => {
  test.each([
    { vendor: '23andme', sex: 'male' },
    { vendor: '23andme', statedBuild: 36 },
    { vendor: 'ancestrydna', sex: 'female', strayYCalls: 2 },
    { vendor: 'myheritage', chip: 'wgs' },
  ] as const)('has exactly the documented shape for %o', (plan) => {
    for (const vcf of [undefined, VCF]) {
      const document = aDocument(plan, vcf ? { vcf } : {})
      expect(QualityDocument.parse(document)).toEqual(document)
      expect(JSON.parse(JSON.stringify(document))).toEqual(document)
    }
  })

  test('lists chromosomes in the order of the genome, also when the database has reordered them', () => {
    const { vendor, summary } = read({ vendor: 'ancestrydna' })
    const { MT, ...others } = summary.byChromosome
    const reordered = { ...summary, byChromosome: { MT: MT!, XY: MT!, ...others } }
    const document = buildQualityDocument({
      sampleId: SAMPLE,
      runId: RUN,
      vendor,
      summary: reordered,
      checks: [],
      vcf: undefined,
    })
    const labels = document.chromosomes.map(({ chromosome }) => chromosome)
    expect(labels.slice(20)).toEqual(['21', '22', 'X', 'Y', 'XY', 'MT'])
  })

  test('has not passed when a check failed, and has when checks were skipped', () => {
    expect(aDocument({}, { checks: [failing({ status: 'skipped' })] }).passed).toBe(true)
    expect(aDocument({}, { checks: [failing({})] }).passed).toBe(false)
  })

  test('does without density in what was measured before it was counted', () => {
    const { vendor, summary } = read()
    const { density: _, ...old } = summary
    const made = buildQualityDocument({
      sampleId: SAMPLE,
      runId: RUN,
      vendor,
      summary: old,
      checks: [],
      vcf: undefined,
    })
    expect(made.density).toBeNull()
    expect(renderReport(made)).not.toContain('Marker density')
  })
})

describe('qc-html', () => {
  test('names a shade of one number of markers by that number, and another by its range', () => {
    const legendOf = (...counts: number[]) =>
      textOf(String(plotDensity({ bin_bases: 1_000_000, rows: { 1: counts } })).split('<ul')[1]!).replace(
        /\s+/g,
        ' ',
      )
    expect(legendOf(1, 2, 3, 5)).toContain('none 1 2 3 4 more than 4')
    expect(legendOf(1, 2, 3, 10)).toContain('none 1–2 3–4 5–6 7–8 more than 8')
  })

  test('shows every count of the file, of each chromosome and of the VCF', () => {
    const document = aDocument({ vendor: '23andme', callRate: 0.9 }, { vcf: VCF })
    const text = textOf(renderReport(document))
    const { rows, calls, no_calls, indels, haploid, sex, vcf, drift, duplicates } = document
    const counts = [
      rows,
      calls,
      no_calls,
      indels,
      haploid,
      sex.x_calls,
      sex.y_rows,
      sex.y_calls,
      vcf!.records,
    ]
    counts.push(vcf!.mismatches_left_out, vcf!.other_strand, vcf!.indels_left_out, vcf!.homozygous_alternate)
    counts.push(...Object.values(drift), ...Object.values(duplicates))
    for (const row of document.chromosomes) counts.push(row.rows, row.calls, row.no_calls, row.heterozygous)
    for (const count of counts) expect(text).toMatch(new RegExp(`(?<![\\d,])${shown(count)}(?![\\d,])`))
  })

  test('shows every check with its name, what it means and how it ended', () => {
    const document = aDocument({ callRate: 0.8, statedBuild: 36 })
    const text = textOf(renderReport(document))
    for (const key of QUALITY_KEYS) {
      expect(text).toContain(QUALITY_RULES[key].name)
      expect(text).toContain(QUALITY_RULES[key].description)
    }
    expect(text).toContain('Did not pass quality control')
    expect(text).toMatch(/[78]\d\.\d\s% of the autosomal rows have a call; .* at least 90\.0\s%\./)
    expect(text).toContain(
      'The file states build 36, its positions are those of build 37; the project allows it.',
    )
    for (const result of ['Passed', 'Failed', 'Allowed', 'Not asked']) expect(text).toContain(result)
  })

  test('says Passed of a sound file', () => {
    expect(textOf(renderReport(aDocument()))).toContain('Passed quality control')
  })

  test('loads nothing, runs nothing and links nowhere', () => {
    const page = renderReport(aDocument({}, { vcf: VCF }))
    expect(page).not.toMatch(/<(script|link|img|iframe|object|embed|form|base|a)\b/i)
    expect(page).not.toMatch(/\son\w+=|\b(src|href|action)=|url\(|@import|https?:|javascript:/i)
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`)
  })

  test('holds nothing of the rows and nothing of the header but build and chip', () => {
    const { text, innerName, outerName } = synthesizeExport({ vendor: '23andme', rows: 8_000, seed: 7 })
    const page = renderReport(aDocument())
    const lines = new TextDecoder().decode(text).split('\r\n')
    const ids = lines.filter((line) => !line.startsWith('#')).map((line) => line.split('\t')[0]!)
    const header = lines.filter((line) => line.startsWith('#')).map((line) => line.slice(2).trim())
    const personal = [innerName, outerName, ...ids, ...header].filter((found) => found.length > 3)
    expect(personal.filter((found) => page.includes(found))).toEqual([])
  })

  test('is the same, byte for byte, for the same numbers', () => {
    expect(renderReport(aDocument())).toBe(renderReport(aDocument()))
  })

  test('escapes whatever an operator’s check says', () => {
    const sound = renderReport(aDocument({}, { checks: [failing({ key: 'k', note: 'n' })] }))
    const tagsOf = (page: string) => page.match(/<[a-z/!][^\s>]*/gi)
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1 }),
        fc.constantFrom('key', 'note'),
        (noise, member) => {
          const hostile = `<script>${noise}</script>"'><img src=x onerror=1>&`
          const page = renderReport(withTexts({ [member]: hostile }))
          expect(tagsOf(page)).toEqual(tagsOf(sound))
        },
      ),
      { numRuns: 30 },
    )
  })
})

const base = aDocument({}, { checks: [failing({ key: 'k', note: 'n' })] })
/** The same document with other texts in its last check. */
function withTexts(texts: { key?: string; note?: string }): QualityDocument {
  const checks = base.checks.map((check) =>
    check.key === 'k' ? { ...check, name: texts.key ?? 'k', ...texts } : check,
  )
  return { ...base, checks }
}

test('the analyzer writes both files of what those before it answered, and adds nothing to the sample', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'arraydrop-report-'))
  try {
    const { vendor, summary } = read()
    const settings = ProjectSettings.parse({})
    const input = { kind: 'array', storageKey: 'k', vendor, summary: { ...summary, rows: 1 } } as const
    const before = { qc: { summary, vcf: VCF }, checks: judgeQuality(summary, settings), files: [] }
    const task = {
      runId: RUN,
      attempt: 1,
      sampleId: SAMPLE,
      projectId: 'p',
      input,
      settings,
      original: '/none',
      folder,
      before,
    }
    const about = { reference: 'order <7>', queuedAt: new Date('2026-03-01T23:59:59Z') }
    const analyse = createQualityAnalyzer({ program: 'Arraydrop 1.2.3' })
    const { qc, checks, files } = await analyse({ ...task, about }, new AbortController().signal)
    expect({ qc, checks }).toEqual({ qc: {}, checks: [] })
    expect(files.map(({ fileType, extension }) => [fileType, extension])).toEqual([
      ['qc-json', 'json'],
      ['qc-html', 'html'],
    ])
    const document = QualityDocument.parse(JSON.parse(await readFile(files[0]!.path, 'utf8')))
    expect(document).toMatchObject({ sample_id: SAMPLE, run_id: RUN, rows: 8_000, vcf: { records: 912_345 } })
    const page = await readFile(files[1]!.path, 'utf8')
    expect(page).toBe(renderReport(document))
    // Which run of which sample it was, by what, and as the partner calls it.
    expect(textOf(page)).toMatch(
      new RegExp(
        `Your reference order &lt;7&gt; +Sample ${SAMPLE} +Run ${RUN} of 2026-03-01 +Arraydrop 1.2.3, rules 1`,
      ),
    )
  } finally {
    await rm(folder, { recursive: true })
  }
})
