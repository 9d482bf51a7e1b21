import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import type { CheckedFile } from '../content/check-fastq.ts'
import { FastqReader } from '../content/fastq-reader.ts'
import { summariseReads } from '../content/summarise-reads.ts'
import { synthesizeFastq } from '../fixtures/synthesize-fastq.ts'
import { tickStep } from './plot-counts.ts'
import { buildReadsDocument, ReadsDocument } from './reads-document.ts'
import { renderReads } from './render-reads.ts'
import { renderReadsReport } from './render-reads-report.ts'
import { reportReads } from './report-reads.ts'

const documentOf = (...texts: Uint8Array[]): ReadsDocument =>
  buildReadsDocument({ sampleId: 'sample', runId: 'run' }, texts.map(countedOf))

function countedOf(text: Uint8Array): CheckedFile {
  const reader = new FastqReader({ file: 'R1' })
  reader.push(text)
  reader.end()
  return { size: gzipSync(text).length, sha256: 'a'.repeat(64), summary: summariseReads(reader.tally) }
}

const even = synthesizeFastq({ reads: 300, length: 100 })
const uneven = synthesizeFastq({ reads: 300, length: [0, 2_000] })

test.each([
  ['reads of one length', even],
  ['reads of many lengths, beyond the cycles that are counted', uneven],
  ['a single read of one base', new TextEncoder().encode('@a\nN\n+\n!\n')],
  ['a single read of none', new TextEncoder().encode('@a\n\n+\n\n')],
])('the document has its shape, and the report every one of its parts: %s', (_what, text) => {
  const document = documentOf(text)
  expect(ReadsDocument.parse(JSON.parse(JSON.stringify(document)))).toEqual(document)
  const report = renderReadsReport(document)
  expect(report).not.toMatch(/NaN|Infinity|undefined|<script|https?:/)
  expect(report).toBe(renderReadsReport(document))
})

test('what the sample keeps draws what the report shows, and the report says which run it was, and by what', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'arraydrop-reads-'))
  try {
    const about = {
      reference: 'client <7>',
      queuedAt: new Date('2026-03-01T23:59:59Z'),
      program: 'Arraydrop 1.2.3',
    }
    const run = { sampleId: 'sample', runId: 'run', about, folder }
    const { headline, files } = await reportReads(run, [countedOf(even), countedOf(uneven)])
    const [json, report] = await Promise.all(files.map((file) => readFile(file.path, 'utf8')))
    expect(ReadsDocument.parse(JSON.parse(json!))).toMatchObject({
      reference: 'client <7>',
      queued_on: '2026-03-01',
      made_by: { program: 'Arraydrop 1.2.3', rules: 1 },
    })
    expect(report!.replace(/<[^>]*>/g, ' ')).toMatch(
      /Your reference client &lt;7&gt; +Sample sample +Run run of 2026-03-01 +Arraydrop 1\.2\.3, rules 1/,
    )
    // As the database gives it back.
    const kept: typeof headline = JSON.parse(JSON.stringify(headline))
    expect(kept.files.map(({ read }) => read)).toEqual(['R1', 'R2'])
    for (const file of kept.files) expect(report).toContain(renderReads(file, true).toString())
    expect(JSON.stringify(kept).length).toBeLessThan(60_000)
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('what the plots count are all reads, each once', () => {
  const [file] = documentOf(uneven).files
  const sum = (counts: number[]) => counts.reduce((total, count) => total + count, 0)
  expect(sum(file!.lengths.map(({ reads }) => reads))).toBe(300)
  const withBases = 300 - (file!.lengths.find(({ to }) => to === 0)?.reads ?? 0)
  expect(sum(file!.by_mean_quality)).toBe(withBases)
  expect(
    file!.lengths.every(({ from, to }, at, all) => from <= to && (at === 0 || all[at - 1]!.to < from)),
  ).toBe(true)
  expect(file!.cycles).toHaveLength(1_000)
})

test('scales are marked at round numbers, some five times', () => {
  expect([1, 5, 40, 101, 151, 1_000, 20_000].map(tickStep)).toEqual([1, 1, 10, 25, 50, 200, 5_000])
})
