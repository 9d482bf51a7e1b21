import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { FastqReader } from '../content/fastq-reader.ts'
import { summariseReads } from '../content/summarise-reads.ts'
import { synthesizeFastq } from '../fixtures/synthesize-fastq.ts'
import { tickStep } from './plot-counts.ts'
import { buildReadsDocument, ReadsDocument } from './reads-document.ts'
import { renderReadsReport } from './render-reads-report.ts'

function documentOf(...texts: Uint8Array[]): ReadsDocument {
  const files = texts.map((text) => {
    const reader = new FastqReader({ file: 'R1' })
    reader.push(text)
    reader.end()
    const size = gzipSync(text).length
    return { size, sha256: 'a'.repeat(64), summary: summariseReads(reader.tally) }
  })
  return buildReadsDocument({ sampleId: 'sample', runId: 'run' }, files)
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
