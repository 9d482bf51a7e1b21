import { nameVendor } from '#lib/genotype/vendors.ts'
import { describeBuild, describeChip, describeSex, describeVcf } from './describe-sample.ts'
import { countText, shareText, unbroken } from './figures.ts'
import { html, type Markup } from './markup.ts'
import type { QualityDocument } from './quality-document.ts'
import { renderImputation } from './render-imputation.ts'
import { renderPlots } from './render-plots.ts'
import { renderChecks, renderChromosomes, renderCounts } from './render-tables.ts'
import { REPORT_STYLE } from './report-style.ts'
import { renderOrigin } from './run-origin.ts'
import { usualCallRate, usualRows } from './usual-figures.ts'

/**
 * The numbers of a run as one HTML file that a person reads and prints: no script, nothing loaded from anywhere, no
 * genotype and no name. The same numbers give the same bytes.
 */
export function renderReport(document: QualityDocument): string {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Quality report ${document.sample_id}</title>
${REPORT_STYLE}
</head>
<body>
<main>
${renderHead(document)}
${renderFacts(document)}
${renderChecks(document.checks)}
${renderPlots(document)}
${renderImputation(document)}
${renderCounts(document)}
${renderChromosomes(document.chromosomes)}
<footer>
  <p>Counted by Arraydrop from the file alone. This report holds no genotypes and makes no statement about health,
  ancestry or kinship. Shares are rounded down; what exceeds a limit has as many
  decimals as it takes to show that.</p>
</footer>
</main>
</body>
</html>
`
  return page.toString()
}

function renderHead(document: QualityDocument): Markup {
  const { passed, checks } = document
  const made = checks.filter(({ status }) => status !== 'skipped').length
  const failed = checks.filter(({ status }) => status === 'failed')
  const allowed = checks.filter(({ status, note }) => status !== 'failed' && note !== '')
  return html`<header>
  <h1>Quality report</h1>
  ${renderOrigin(document)}
</header>
<section class="verdict ${passed ? 'passed' : 'failed'}" aria-labelledby="verdict">
  <h2 id="verdict">${passed ? PASSED_ICON : FAILED_ICON} ${passed ? 'Passed quality control' : 'Did not pass quality control'}</h2>
  <p>${passed ? `All ${made} checks that the project asks for were passed.` : `Failed: ${failed.length} of the ${made} checks that the project asks for.`}</p>
  ${renderNotes([...failed, ...allowed])}
</section>`
}

function renderNotes(checks: QualityDocument['checks']): Markup | undefined {
  if (checks.length === 0) return undefined
  return html`<ul>${checks.map(({ key, note }) => html`<li>${asSentence(note, key)}</li>`)}</ul>`
}

/** `low_call_rate: 80 % of …` says its code to machines; people need none. */
function asSentence(note: string, key: string): string {
  const words = note.startsWith(`${key}: `) ? note.slice(key.length + 2) : note
  return unbroken(words.charAt(0).toUpperCase() + words.slice(1))
}

const withUsual = (text: string, usual: string | undefined): string => (usual ? `${text}; ${usual}` : text)

function renderFacts(document: QualityDocument): Markup {
  const { vendor, build, sex, vcf } = document
  const { typical } = document.chip
  const facts: [string, string, string][] = [
    ['Vendor', nameVendor(vendor), ''],
    ['Chip', ...describeChip(document.chip)],
    ['Reference build', ...describeBuild(build)],
    [
      'Rows',
      countText(document.rows),
      withUsual(`${countText(document.no_calls)} without a call`, usualRows(typical, document.rows)),
    ],
    [
      'Call rate',
      shareText(document.autosomal_call_rate),
      withUsual(
        `of the autosomes; ${shareText(document.call_rate)} of all rows have a call`,
        usualCallRate(typical, document.autosomal_call_rate),
      ),
    ],
    ['Heterozygosity', shareText(document.autosomal_heterozygosity), 'of the autosomal calls'],
    ['Sex chromosomes', ...describeSex(sex)],
    ['VCF', ...describeVcf(vcf)],
  ]
  return html`<dl class="facts">
  ${facts.map(
    ([name, value, more]) =>
      html`<div><dt>${name}</dt><dd>${value}${more ? html`<small>${more}</small>` : undefined}</dd></div>`,
  )}
</dl>`
}

const PASSED_ICON = html`<svg width="24" height="24" viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="11" fill="none" stroke="currentColor" stroke-width="2"/><path d="M7 12.5l3.5 3.5L17 9" fill="none" stroke="currentColor" stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round"/></svg>`
const FAILED_ICON = html`<svg width="24" height="24" viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="11" fill="none" stroke="currentColor" stroke-width="2"/><path d="M8 8l8 8M16 8l-8 8" fill="none" stroke="currentColor" stroke-width="2.5" stroke-linecap="round"/></svg>`
