import { html, type Markup } from '#lib/analysis/report/markup.ts'
import { REPORT_STYLE } from '#lib/analysis/report/report-style.ts'
import { renderOrigin } from '#lib/analysis/report/run-origin.ts'
import type { ReadsDocument } from './reads-document.ts'
import { type ReadsFigures, readsFiguresOf } from './reads-figures.ts'
import { describeReads, nameReads, renderReads } from './render-reads.ts'

const READS_STYLE = html`<style>
.plot.reads { width: calc(100% - 44px); margin: 8px 8px 0 36px; }
.most { fill: var(--mark-soft); }
.half { fill: var(--mark); fill-opacity: 0.45; }
.facts + figure { margin-top: 1.75rem; }
</style>`

/**
 * The numbers of FASTQ files as one HTML file that a person reads and prints: no script, nothing loaded from anywhere,
 * no sequence and no
 * name but the partner's own for the sample. The same numbers give the same bytes.
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
  ${renderOrigin(document)}
</header>
<p>${document.paired ? 'Both files of the pair are' : 'The file is'} whole, packed soundly and well-formed${document.paired ? ', and name the same reads in the same order' : ''}.</p>
${document.files.map((file) => renderFile(readsFiguresOf(file), document.paired))}
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

function renderFile(file: ReadsFigures, isPaired: boolean): Markup {
  return html`<section aria-labelledby="${file.read}">
  <h2 id="${file.read}">${nameReads(file, isPaired)}</h2>
  <dl class="facts">
  ${describeReads(file).map(
    ([name, value, more]) =>
      html`<div><dt>${name}</dt><dd>${value}${more ? html`<small>${more}</small>` : undefined}</dd></div>`,
  )}
  </dl>
  ${renderReads(file, isPaired)}
</section>`
}
