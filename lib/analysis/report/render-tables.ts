import { findQualityRule } from '../find-quality-rule.ts'
import { type CheckWords, describeCheck } from './describe-check.ts'
import { countText, shareText, unbroken } from './figures.ts'
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
  const { measured, asked, result } = describeCheck(check)
  const description = findQualityRule(check.key)?.description
  return html`<tr>
    <th scope="row">${check.name}${description ? html`<small>${description}</small>` : undefined}</th>
    <td>${unbroken(measured)}</td><td>${unbroken(asked)}</td><td class="result">${renderResult(result)}</td>
  </tr>`
}

const LOOKS = { Passed: 'passed', Failed: 'failed', Allowed: 'note' } as const

const renderResult = (result: CheckWords['result']): Markup =>
  result === 'Not told' || result === 'Not asked'
    ? html`<span class="quiet">${result}</span>`
    : html`<b class="${LOOKS[result]}">${result}</b>`

/** The counts that belong to the whole file, by what they are about. */
export function renderCounts(document: QualityDocument): Markup {
  const { vcf } = document
  return html`<section>
  <h2>Counts</h2>
  <div class="plots counts">
    ${renderGroup('Genotypes', genotypeCounts(document))}
    ${renderGroup('Sex chromosomes', sexCounts(document))}
    ${renderGroup('Rows not as usual', oddCounts(document))}
    ${vcf?.written ? renderGroup('Rows in the VCF', vcfCounts(vcf)) : undefined}
  </div>
</section>`
}

type Counts = readonly [name: string, count: number][]

const renderGroup = (caption: string, counts: Counts): Markup => html`<table class="numbers">
    <caption>${caption}</caption>
    <tbody>${counts.map(([name, count]) => html`<tr><th scope="row">${name}</th><td>${countText(count)}</td></tr>`)}</tbody>
  </table>`

const genotypeCounts = (document: QualityDocument): Counts => [
  ['Rows', document.rows],
  ['With a call', document.calls],
  ['Without a call', document.no_calls],
  ['Insertions and deletions', document.indels],
  ['Written with one allele', document.haploid],
]

const sexCounts = ({ sex, heterozygous_haploid }: QualityDocument): Counts => [
  ['Calls on X, without its ends shared with Y', sex.x_calls],
  ['Heterozygous among them', sex.x_heterozygous],
  ['Rows on Y', sex.y_rows],
  ['With a call among them', sex.y_calls],
  ['Heterozygous where there is one copy', heterozygous_haploid],
]

const oddCounts = ({ duplicates, drift }: QualityDocument): Counts => [
  ['Id occurred before', duplicates.ids],
  ['Position of the row before', duplicates.positions],
  ['Id of an unknown form', drift.unknown_ids],
  ['Unknown chromosome', drift.unknown_chromosomes],
  ['Unknown allele', drift.unknown_alleles],
  ['No position of its chromosome', drift.unknown_positions],
  ['Out of order', drift.out_of_order],
  ['Outside the block of its chromosome', drift.out_of_block],
  ['Chromosomes out of order', drift.blocks_out_of_order],
]

const vcfCounts = (vcf: NonNullable<QualityDocument['vcf']>): Counts => [
  ['Homozygous for the reference', vcf.homozygous_reference],
  ['Heterozygous', vcf.heterozygous],
  ['Homozygous for another allele', vcf.homozygous_alternate],
  ['Without a call', vcf.no_calls],
  ['Left out: insertions and deletions', vcf.indels_left_out],
  ['Left out: contradict the reference', vcf.mismatches_left_out],
  ['Letters of the other strand', vcf.other_strand],
]

/** What the plots show, in figures. */
export function renderChromosomes(chromosomes: QualityDocument['chromosomes']): Markup {
  return html`<section class="new-page">
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
