import { countText, shareText } from '#lib/analysis/report/figures.ts'
import { html, type Markup } from '#lib/analysis/report/markup.ts'
import { REPORT_STYLE } from '#lib/analysis/report/report-style.ts'
import { plotCounts } from './plot-counts.ts'
import { plotCycles } from './plot-cycles.ts'
import type { FileNumbers, ReadsDocument } from './reads-document.ts'

const READS_STYLE = html`<style>
.plot.reads { width: calc(100% - 44px); margin: 8px 8px 0 36px; }
.most { fill: var(--mark-soft); }
.half { fill: var(--mark); fill-opacity: 0.45; }
.facts + figure { margin-top: 1.75rem; }
</style>`
const LENGTH_COLUMNS = 60

/**
 * The numbers of FASTQ files as one HTML file that a person reads and prints: no script, nothing loaded from anywhere,
 * no sequence and no name. The same numbers give the same bytes.
 */
export function renderReadsReport(document: ReadsDocument): string {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Reads report ${document.sample_id}</title>
${REPORT_STYLE}
${READS_STYLE}
</head>
<body>
<main>
<header>
  <h1>Reads report</h1>
  <p class="ids quiet">Sample ${document.sample_id}<br>Run ${document.run_id}</p>
</header>
<p>${document.paired ? 'Both files of the pair are' : 'The file is'} whole, packed soundly and well-formed${document.paired ? ', and name the same reads in the same order' : ''}.</p>
${document.files.map((file) => renderFile(file, document.paired))}
<footer>
  <p>Counted by Arraydrop from the files alone; every read was counted. Duplication is estimated from the first 100,000
  distinct sequences, as FastQC does. This report holds no sequences and makes no statement about health, ancestry or
  kinship.</p>
</footer>
</main>
</body>
</html>
`
  return page.toString()
}

function renderFile(file: FileNumbers, isPaired: boolean): Markup {
  const name = isPaired ? file.read : 'Reads'
  return html`<section aria-labelledby="${file.read}">
  <h2 id="${file.read}">${name}</h2>
  ${renderFacts(file)}
  <figure>
    <figcaption><h3>Quality by cycle</h3>
    <p>Light: the qualities of four reads in five. Dark: of the middle half. Line: the median.</p></figcaption>
    ${plotCycles(file.cycles, file.highest_quality, `Quality by cycle of ${name}. The numbers stand in fastq-qc-json.`)}
  </figure>
  <div class="plots">
    ${renderCounts('Mean quality', 'Reads by their mean quality.', valuesOf(file.by_mean_quality))}
    ${renderCounts('G and C', 'Reads by their share of G and C, in per cent.', valuesOf(file.by_gc_percent))}
    ${file.length.min < file.length.max ? renderCounts('Length', 'Reads by their length, in bases.', lengthsOf(file)) : undefined}
  </div>
</section>`
}

function renderFacts(file: FileNumbers): Markup {
  const { length } = file
  const isEven = length.min === length.max
  const facts: [string, string, string][] = [
    ['Reads', countText(file.reads), ''],
    ['Bases', countText(file.bases), `${countText(file.bytes)} bytes packed`],
    [
      'Length',
      countText(isEven ? length.min : Math.round(length.mean)),
      isEven ? 'every read' : `on average, ${countText(length.min)} to ${countText(length.max)}`,
    ],
    ['Quality', file.mean_quality.toFixed(1), 'mean of all bases'],
    ['Bases of quality 30', shareText(file.q30_share), `${shareText(file.q20_share)} of quality 20`],
    ['G and C', shareText(file.gc_share), 'of the bases that were called'],
    ['Not called', shareText(file.ambiguous_share), 'N and ambiguous letters'],
    ['Duplicates', shareText(file.duplicate_share), 'estimated share of reads'],
  ]
  return html`<dl class="facts">
  ${facts.map(
    ([name, value, more]) =>
      html`<div><dt>${name}</dt><dd>${value}${more ? html`<small>${more}</small>` : undefined}</dd></div>`,
  )}
</dl>`
}

type Columns = Parameters<typeof plotCounts>[0]

const renderCounts = (title: string, words: string, columns: Columns): Markup => html`<figure>
  <figcaption><h3>${title}</h3><p>${words}</p></figcaption>
  ${plotCounts(columns, `${title}. ${words} The numbers stand in fastq-qc-json.`)}
</figure>`

const valuesOf = (counts: readonly number[]): Columns => counts.map((reads, value) => ({ value, reads }))

/** All lengths from the shortest to the longest, in columns of equal width. */
function lengthsOf({ length: { min, max }, lengths }: FileNumbers): Columns {
  const width = Math.max(1, Math.ceil((max - min + 1) / LENGTH_COLUMNS))
  const columns = Array.from({ length: Math.floor((max - min) / width) + 1 }, (_, at) => ({
    value: min + at * width,
    reads: 0,
  }))
  for (const { from, reads } of lengths) {
    columns[Math.min(columns.length - 1, Math.max(0, Math.floor((from - min) / width)))]!.reads += reads
  }
  return columns
}
