import { describe, expect, test } from 'vitest'
import { createExportReader } from './export-reader.ts'
import type { ExportSummary } from './export-summary.ts'
import { CHIP_PLANS } from './fixtures/chip-plans.ts'
import { DAMAGES, type DamageName, damageExport } from './fixtures/damage-export.ts'
import { HEADER_ERAS } from './fixtures/export-headers.ts'
import type { ExportPlan } from './fixtures/export-plan.ts'
import { LOOK_ALIKE_TEXTS } from './fixtures/look-alike-texts.ts'
import { type ExportTruth, synthesizeExport } from './fixtures/synthesize-export.ts'
import { ROWS_MAX } from './limits.ts'
import { DETAILS, type Detail } from './reason.ts'
import { ALLELE_MISSING, ALLELE_NONE } from './rows/row-parser.ts'
import { VENDORS } from './vendors.ts'

const ROWS = 3_000
const FULL_ROWS = 640_000

function read(text: Uint8Array, { rowsMin = 100, chunk = 16_384 } = {}) {
  const reader = createExportReader({ rowsMin })
  for (let start = 0; start < text.length; start += chunk) reader.push(text.subarray(start, start + chunk))
  return reader.end()
}

function summaryOf(plan: ExportPlan): { summary: ExportSummary; truth: ExportTruth } {
  const { text, truth } = synthesizeExport(plan)
  const verdict = read(text)
  if (!verdict.ok) throw new Error(`refused: ${JSON.stringify(verdict.faults)}`)
  return { summary: verdict.accepted.summary, truth }
}

/** The truth in the reader's terms. */
function expected({ byChromosome, ...truth }: ExportTruth) {
  const chromosomes = Object.entries(byChromosome).map(([label, counts]) => [
    label,
    {
      rows: counts.rows,
      calls: counts.rows - counts.noCalls,
      noCalls: counts.noCalls,
      heterozygous: counts.heterozygous,
      heterozygosity:
        counts.rows === counts.noCalls ? null : counts.heterozygous / (counts.rows - counts.noCalls),
      haploid: truth.vendor === '23andme' ? counts.singleCopy : 0,
      indels: counts.indels,
    },
  ])
  return {
    rows: truth.rows,
    noCalls: truth.noCalls,
    callRate: 1 - truth.noCalls / truth.rows,
    byChromosome: Object.fromEntries(chromosomes),
    heterozygousHaploid: 0,
    duplicates: { ids: 0, positions: 0 },
    inferredSex: truth.sex,
    positionBuild: truth.build,
    statedBuild: truth.build,
    buildConflict: false,
    drift: {
      unknownIds: truth.unknownIds,
      unknownChromosomes: 0,
      unknownAlleles: 0,
      unknownPositions: 0,
      outOfOrder: 0,
      outOfBlock: 0,
      blocksOutOfOrder: 0,
    },
  }
}

function expectTruth({ summary, truth }: ReturnType<typeof summaryOf>): void {
  const { callRate, ...counts } = expected(truth)
  expect(summary).toMatchObject(counts)
  expect(summary.callRate).toBeCloseTo(callRate, 12)
  expect(summary.sexEvidence).toMatchObject({
    xCalls: truth.xCore.calls,
    xHeterozygous: truth.xCore.heterozygous,
  })
}

describe('the numbers of an export are exact', () => {
  // Small files of all kinds here; `npm run torture` has every one of them at its full size.
  const rows = process.env.ARRAYDROP_TORTURE ? FULL_ROWS : ROWS / 2
  const upgradedRows = process.env.ARRAYDROP_TORTURE ? 1_700_000 : 170_000
  const kinds = CHIP_PLANS.flatMap(({ vendor, chip }) =>
    HEADER_ERAS[vendor].map((header) => ({ vendor, chip, header })),
  )
  const people = (['male', 'female'] as const).flatMap((sex) =>
    [0.985, 0.8].map((callRate) => ({ sex, callRate })),
  )

  test.each(kinds)('$vendor $chip with the header of $header, either sex, good and poor calls', (kind) => {
    for (const person of people) expectTruth(summaryOf({ ...kind, ...person, rows, seed: 31 }))
  })

  test('an upgraded kit with two chips in one file', () => {
    const { summary, truth } = summaryOf({ vendor: '23andme', chip: 'v3_v5', rows: upgradedRows, seed: 37 })
    expectTruth({ summary, truth })
    expect(summary.chip.name).toBe('23andMe, several chips')
  })

  test.each([
    { vendor: '23andme', chip: 'v2', build: 36 },
    { vendor: '23andme', unknownIds: 0.02 },
    { vendor: 'ancestrydna', unknownIds: 0.5 },
    { vendor: 'myheritage', unknownIds: 1 },
    { vendor: '23andme', singleDash: true, sex: 'female' },
    { vendor: '23andme', alleleColumns: true },
    { vendor: '23andme', lineEnding: '\n', finalNewline: false },
    { vendor: 'ancestrydna', finalNewline: false },
    { vendor: 'ancestrydna', sex: 'female', strayYCalls: 1 },
    { vendor: 'myheritage', extraQuotes: true },
    { vendor: 'myheritage', resultsColumn: true, lineEnding: '\r\n', finalNewline: false },
  ] as const)('layout of %o', (plan) => {
    expectTruth(summaryOf({ ...plan, rows: ROWS, seed: 33 }))
  })

  test('density counts every row of a chromosome once, in the stretch where it lies', () => {
    const { text } = synthesizeExport({ vendor: '23andme', rows: ROWS, seed: 34 })
    const rows = new TextDecoder()
      .decode(text)
      .split('\r\n')
      .filter((line) => /^[ri]/.test(line))
    const expectedRows: Record<string, number[]> = {}
    for (const [, label, position] of rows.map((line) => line.split('\t'))) {
      if (label === 'MT') continue
      expectedRows[label!] ??= []
      const bins = expectedRows[label!]!
      const bin = Math.floor(Number(position) / 5_000_000)
      while (bins.length <= bin) bins.push(0)
      bins[bin]!++
    }
    const verdict = read(text)
    if (!verdict.ok) throw new Error('refused')
    expect(verdict.accepted.summary.density).toEqual({ binBases: 5_000_000, rowsOf: expectedRows })
  })

  test('duplicates are counted, by id and by position', () => {
    const { text } = synthesizeExport({ vendor: '23andme', rows: ROWS, seed: 35 })
    const lines = new TextDecoder().decode(text).split('\r\n')
    lines.splice(500, 0, lines[499]!, lines[499]!.replace(/^\w+/, 'rs1234567890'))
    const verdict = read(new TextEncoder().encode(lines.join('\r\n')))
    expect(verdict).toMatchObject({
      ok: true,
      accepted: { summary: { rows: ROWS + 2, duplicates: { ids: 1, positions: 2 } } },
    })
  })

  test('chips are named by header and ids', () => {
    const named = CHIP_PLANS.map(
      ({ vendor, chip }) => summaryOf({ vendor, chip, rows: ROWS, seed: 36 }).summary.chip,
    )
    expect(named.map(({ name }) => name)).toEqual([
      // v1 to v3 start alike: rows tell them apart, and these are too few.
      null,
      null,
      null,
      '23andMe v4',
      '23andMe, several chips',
      '23andMe v5',
      'AncestryDNA V1.0',
      'AncestryDNA V2.0',
      'MyHeritage OmniExpress',
      'MyHeritage low-pass WGS',
      'MyHeritage GSA',
    ])
  })
})

describe('positions outrank the header', () => {
  test.each([
    [36, 37],
    [37, 36],
    [37, 38],
  ] as const)('build %i under a header of build %i is accepted with a conflict', (build, statedBuild) => {
    const { summary } = summaryOf({ vendor: '23andme', build, statedBuild, rows: ROWS, seed: 41 })
    expect(summary).toMatchObject({ positionBuild: build, statedBuild, buildConflict: true })
  })

  test('positions of build 38 are refused whatever the header states', () => {
    for (const vendor of VENDORS) {
      for (const statedBuild of [37, 38] as const) {
        const { text } = synthesizeExport({ vendor, build: 38, statedBuild, rows: ROWS, seed: 42 })
        expect(read(text)).toEqual({
          ok: false,
          faults: [{ reason: 'build_unsupported', detail: 'build_38' }],
        })
      }
    }
  })
})

describe('what happened to a file is named', () => {
  test.each(Object.keys(DAMAGES) as DamageName[])('%s', (name) => {
    const { reason, detail } = DAMAGES[name]
    const verdict = read(damageExport(name, { rows: ROWS, seed: 51 }), { rowsMin: ROWS * 0.8 })
    expect(verdict.ok ? undefined : verdict.faults[0]).toMatchObject({ reason, detail })
  })

  test('with the line, counted from 1', () => {
    const { text, truth } = synthesizeExport({ vendor: '23andme', rows: ROWS, seed: 52 })
    const lines = new TextDecoder().decode(text).split('\r\n')
    const row = truth.headerLines + 2_600
    lines[row - 1] = `${lines[row - 1]}TT`
    expect(read(new TextEncoder().encode(lines.join('\r\n')))).toEqual({
      ok: false,
      faults: [{ reason: 'file_modified', detail: 'bad_rows', line: row }],
    })
  })

  test('all kinds at once, a handful of lines each, however many there are', () => {
    const { text, truth } = synthesizeExport({ vendor: '23andme', rows: ROWS, seed: 53 })
    const lines = new TextDecoder().decode(text).split('\r\n')
    const kept = lines.filter((line) => line.split('\t')[1] !== '22').slice(0, -1)
    const broken = kept.map((line, at) => (at > truth.headerLines && at % 50 === 0 ? `${line}TT` : line))
    const verdict = read(new TextEncoder().encode(broken.join('\r\n').slice(0, -5)), { rowsMin: ROWS * 2 })
    if (verdict.ok) throw new Error('accepted')
    const kinds = new Set(verdict.faults.map(({ detail }) => detail))
    expect([...kinds]).toEqual(['bad_rows', 'cut_off_row', 'chromosomes_missing', 'too_few_rows'])
    expect(verdict.faults.length).toBeLessThanOrEqual(20)
  })

  test('one odd row of each kind does not refuse a full export', () => {
    const { text } = synthesizeExport({ vendor: 'ancestrydna', rows: 12_000, seed: 54 })
    const lines = new TextDecoder().decode(text).split('\r\n')
    lines[600] = lines[600]!.replace(/^\w+/, 'kgp-77')
    lines[1_200] = lines[1_200]!.replace(/.\t.$/, 'N\tN')
    const stray = 'rs5\t24\t2700000\tA\tG'
    lines.splice(-1, 0, stray)
    expect(read(new TextEncoder().encode(lines.join('\r\n')))).toMatchObject({
      ok: true,
      accepted: {
        summary: { drift: { unknownIds: 1, unknownAlleles: 1, outOfBlock: 1 }, heterozygousHaploid: 1 },
      },
    })
  })

  test('more rows than any chip has', () => {
    const { text } = synthesizeExport({ vendor: '23andme', rows: ROWS, seed: 55 })
    const rows = new TextEncoder().encode('rs5\tMT\t16560\tA\n'.repeat(100_000))
    const reader = createExportReader({ rowsMin: 100 })
    reader.push(text)
    for (let pushed = 0; pushed <= ROWS_MAX; pushed += 100_000) reader.push(rows)
    expect(reader.end()).toMatchObject({ faults: [{ reason: 'file_modified', detail: 'unknown_rows' }] })
  })
})

test('every detail that text can cause is caused by a fixture', () => {
  const caused = new Set<Detail | undefined>()
  for (const name of Object.keys(DAMAGES) as DamageName[]) {
    const verdict = read(damageExport(name, { rows: ROWS, seed: 61 }), { rowsMin: ROWS * 0.8 })
    if (!verdict.ok) for (const { detail } of verdict.faults) caused.add(detail)
  }
  for (const { bytes, bareDetail } of LOOK_ALIKE_TEXTS) {
    const verdict = read(bytes)
    if (!verdict.ok) caused.add(verdict.faults[0].detail)
    caused.add(bareDetail)
  }
  const first = DETAILS.indexOf('gedcom')
  const textDetails = DETAILS.slice(first).filter((detail) => !OF_CONTAINERS.includes(detail))
  expect(textDetails.filter((detail) => !caused.has(detail))).toEqual([])
})

/** Details in that part of the list that only an archive or a page can cause. */
const OF_CONTAINERS: readonly Detail[] = ['several_genotype_files', 'several_dropped']

describe('rows are handed on', () => {
  test('each with id, PLINK chromosome, position and alleles', () => {
    const { text, truth } = synthesizeExport({ vendor: '23andme', rows: ROWS, seed: 71, callRate: 0.9 })
    const seen: string[] = []
    const reader = createExportReader({
      rowsMin: 100,
      onRow(chromosome, position, allele1, allele2, bytes, idStart, idEnd) {
        const id = new TextDecoder().decode(bytes.subarray(idStart, idEnd))
        const label = chromosome <= 22 ? String(chromosome) : ['X', 'Y', '', 'MT'][chromosome - 23]
        const letters = [allele1, allele2].filter((allele) => allele !== ALLELE_NONE)
        const genotype = allele1 === ALLELE_MISSING ? '--' : String.fromCharCode(...letters)
        seen.push(`${id}\t${label}\t${position}\t${genotype}`)
      },
    })
    for (let start = 0; start < text.length; start += 999) reader.push(text.subarray(start, start + 999))
    expect(reader.end().ok).toBe(true)
    expect(seen).toEqual(new TextDecoder().decode(text).trimEnd().split('\r\n').slice(truth.headerLines))
  })
})
