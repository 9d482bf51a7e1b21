import { percentDown, percentUp } from '../percent.ts'
import { findQualityRule } from '../quality-rules.ts'
import { countText, shareText } from './figures.ts'
import { html, type Markup } from './markup.ts'
import type { QualityDocument } from './quality-document.ts'

type Check = QualityDocument['checks'][number]

/** Every check with what was measured and what the project asks. */
export function renderChecks(checks: readonly Check[]): Markup {
  return html`<section aria-labelledby="checks">
  <h2 id="checks">Checks</h2>
  <table class="checks">
    <thead><tr><th scope="col">Check</th><th scope="col">Measured</th><th scope="col">Asked</th><th scope="col">Result</th></tr></thead>
    <tbody>${checks.map(renderCheck)}</tbody>
  </table>
</section>`
}

function renderCheck(check: Check): Markup {
  const description = findQualityRule(check.key)?.description
  return html`<tr>
    <th scope="row">${check.name}${description ? html`<small>${description}</small>` : undefined}</th>
    <td>${measuredText(check)}</td><td>${expectedText(check)}</td><td class="result">${renderResult(check)}</td>
  </tr>`
}

function renderResult({ status, measured, note }: Check): Markup {
  if (status === 'succeeded') return html`<b class="passed">Passed</b>`
  if (status === 'failed') return html`<b class="failed">Failed</b>`
  if (note !== '') return html`<b class="note">Allowed</b>`
  return html`<span class="quiet">${measured === null ? 'Not told' : 'Not asked'}</span>`
}

function measuredText({ key, measured }: Check): string {
  if (typeof measured !== 'number') return measured === null ? '–' : measured ? 'yes' : 'no'
  return findQualityRule(key)?.bound === 'at_most' ? percentUp(measured) : percentDown(measured)
}

function expectedText({ key, expected }: Check): string {
  if (typeof expected !== 'number') return expected === null ? '–' : expected ? 'yes' : 'no'
  return `${findQualityRule(key)?.bound === 'at_most' ? 'at most' : 'at least'} ${percentDown(expected)}`
}

/** The counts that belong to the whole file. */
export function renderCounts({ drift, duplicates, vcf, ...document }: QualityDocument): Markup {
  const counts: [string, number][] = [
    ['Rows', document.rows],
    ['Calls', document.calls],
    ['Rows without a call', document.no_calls],
    ['Calls of insertions and deletions', document.indels],
    ['Calls written with one allele', document.haploid],
    ['Heterozygous calls where there is one copy', document.heterozygous_haploid],
    ['Calls on X outside its pseudoautosomal regions', document.sex.x_calls],
    ['… of two different alleles', document.sex.x_heterozygous],
    ['Rows on Y', document.sex.y_rows],
    ['… with a call', document.sex.y_calls],
    ['Rows whose id occurred before', duplicates.ids],
    ['Rows at the position of the row before', duplicates.positions],
    ['Rows with an id of an unknown form', drift.unknown_ids],
    ['Rows with an unknown chromosome', drift.unknown_chromosomes],
    ['Rows with an unknown allele', drift.unknown_alleles],
    ['Rows at no position of the chromosome', drift.unknown_positions],
    ['Rows out of order', drift.out_of_order],
    ['Rows outside the block of their chromosome', drift.out_of_block],
    ['Chromosomes out of order', drift.blocks_out_of_order],
    ...(vcf?.written ? vcfCounts(vcf) : []),
  ]
  return html`<section class="new-page">
  <h2 id="counts">Counts</h2>
  <div class="scroll" tabindex="0" role="region" aria-labelledby="counts">
  <table class="numbers">
    <thead><tr><th scope="col">What was counted</th><th scope="col">Number</th></tr></thead>
    <tbody>${counts.map(([name, count]) => html`<tr><th scope="row">${name}</th><td>${countText(count)}</td></tr>`)}</tbody>
  </table>
  </div>
</section>`
}

const vcfCounts = (vcf: NonNullable<QualityDocument['vcf']>): [string, number][] => [
  ['VCF: homozygous for the reference', vcf.homozygous_reference],
  ['VCF: heterozygous', vcf.heterozygous],
  ['VCF: homozygous for another allele', vcf.homozygous_alternate],
  ['VCF: without a call', vcf.no_calls],
  ['VCF: insertions and deletions left out', vcf.indels_left_out],
  ['VCF: rows left out that contradict the reference', vcf.mismatches_left_out],
  ['VCF: rows with letters of the other strand', vcf.other_strand],
]

/** What the plots show, in figures. */
export function renderChromosomes(chromosomes: QualityDocument['chromosomes']): Markup {
  return html`<section>
  <h2 id="chromosomes">Chromosomes</h2>
  <div class="scroll" tabindex="0" role="region" aria-labelledby="chromosomes">
  <table class="numbers">
    <thead><tr>
      <th scope="col">Chromosome</th><th scope="col">Rows</th><th scope="col">Calls</th><th scope="col">No call</th>
      <th scope="col">Call rate</th><th scope="col">Heterozygous</th><th scope="col">Heterozygosity</th>
      <th scope="col">One allele</th><th scope="col">Indels</th>
    </tr></thead>
    <tbody>${chromosomes.map(
      (counted) => html`<tr>
      <th scope="row">${counted.chromosome}</th><td>${countText(counted.rows)}</td><td>${countText(counted.calls)}</td>
      <td>${countText(counted.no_calls)}</td><td>${shareText(counted.call_rate)}</td>
      <td>${countText(counted.heterozygous)}</td><td>${shareText(counted.heterozygosity)}</td>
      <td>${countText(counted.haploid)}</td><td>${countText(counted.indels)}</td>
    </tr>`,
    )}</tbody>
  </table>
  </div>
</section>`
}
