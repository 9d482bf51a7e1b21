import { describeNotImputed } from '../imputation/report-imputation.ts'
import { countText, shareText, unbroken } from './figures.ts'
import { html, type Markup } from './markup.ts'
import { plotShares } from './plot-shares.ts'
import type { QualityDocument } from './quality-document.ts'

type Imputation = NonNullable<QualityDocument['imputation']>

/** What was imputed, from what and how well, for a person who reads it; nothing where the project does not impute. */
export function renderImputation({ imputation, checks }: QualityDocument): Markup | undefined {
  if (!imputation) return undefined
  const { panel, engine } = imputation
  return html`<section class="new-page" aria-labelledby="imputation">
  <h2 id="imputation">Imputation</h2>
  <p class="lead">${imputation.made ? sayMade(imputation) : `${describeNotImputed(imputation.why_not ?? 'engine_failed')}.`}</p>
  <p class="lead"><b>Imputed calls are estimates, not measurements, and are not for medical decisions.</b> Rare variants are the least
  reliable: never act on a single one.</p>
  <p class="quiet lead">Panel ${panel.id}: ${countText(panel.people)} people, GRCh${panel.build}; ${panel.licence}.
  ${panel.citation} Imputed by ${engine}.
  ${imputation.input_is_imputed ? 'The file itself holds imputed genotypes: their errors go together.' : undefined}</p>
  ${imputation.masked ? renderAccuracy(imputation.masked, thresholdOf(checks)) : undefined}
  <div class="plots counts">
    ${imputation.rows ? renderRows(imputation.rows) : undefined}
    ${imputation.made ? renderRegions(imputation.regions) : undefined}
  </div>
</section>`
}

function sayMade({ sites, typed, imputed, sure }: Imputation): string {
  const share =
    imputed === 0 ? '' : `; ${shareText(sure / imputed)} of these calls are at least 90\u00a0% sure`
  return `${countText(sites)} sites: ${countText(typed)} read by the chip, ${countText(imputed)} imputed${share}.`
}

function renderAccuracy(masked: NonNullable<Imputation['masked']>, asked: number | undefined): Markup {
  const bins = masked.by_frequency.filter(({ markers }) => markers > 0)
  return html`<figure>
    <figcaption>
      <h3>Hidden markers</h3>
      <p>${countText(masked.markers)} markers of chromosomes ${masked.regions.join(' and ')} were hidden from the program, to see how
      they come back: ${shareText(masked.concordance)} as they were. Below by the frequency of the rarer allele, up to so many per cent.
      ${asked === undefined ? undefined : `The project asks for at least ${shareText(asked)} of all.`}</p>
    </figcaption>
    ${plotShares({
      label:
        'Share of hidden markers that came back, by the frequency of the rarer allele. The table holds the numbers.',
      values: bins.map(({ up_to, concordance }) => ({
        chromosome: percentText(up_to),
        share: concordance ?? 0,
      })),
      from: 0,
      to: 1,
      ticks: [0, 0.25, 0.5, 0.75, 1],
      thresholds: asked === undefined ? [] : [asked],
      mark: 'bar',
    })}
    <div class="scroll" tabindex="0" role="region" aria-label="Hidden markers by the frequency of the rarer allele">
    <table class="numbers">
      <thead><tr><th scope="col">Up to</th><th scope="col">Markers</th><th scope="col">As they were</th>
      <th scope="col">Rarer allele wrong</th><th scope="col">Dosage r²</th></tr></thead>
      <tbody>${bins.map(renderBin)}</tbody>
    </table>
    </div>
  </figure>`
}

const renderBin = (bin: NonNullable<Imputation['masked']>['by_frequency'][number]): Markup => html`<tr>
  <th scope="row">${unbroken(`${percentText(bin.up_to)} %`)}</th><td>${countText(bin.markers)}</td><td>${shareText(bin.concordance)}</td>
  <td>${shareText(bin.non_reference_discordance)}</td>
  <td>${bin.dosage_r2 === null ? '–' : bin.dosage_r2.toFixed(2)}</td></tr>`

const percentText = (share: number): string => String(Math.round(share * 100))

function renderRows(rows: NonNullable<Imputation['rows']>): Markup {
  const counts: [string, number][] = [
    ['Given to the program', rows.kept],
    ['Without a call', rows.no_call],
    ['Insertions and deletions', rows.indel],
    ['Not in the panel', rows.not_in_panel],
    ['Where the panel has no single letters', rows.no_letters],
    ['Letters of the other strand', rows.other_strand],
    ['Other letters than the panel', rows.mismatch],
    ['Two letters where there is one copy', rows.heterozygous_haploid],
    ['One letter where there are two copies', rows.one_letter],
    ['Second rows that agree', rows.duplicate_agrees],
    ['Rows that contradict one another', rows.duplicate_conflicts],
    ['A/T and C/G, left out', rows.palindromic_left_out],
    ['Where the panel has nothing', rows.outside_panel],
  ]
  return html`<table class="numbers">
    <caption>Rows of the file</caption>
    <tbody>${counts.map(([name, count]) => html`<tr><th scope="row">${name}</th><td>${countText(count)}</td></tr>`)}</tbody>
  </table>`
}

const LEFT_OUT = { too_few_markers: 'too few markers', sex_unknown: 'sex not told' } as const

const renderRegions = (regions: Imputation['regions']): Markup => html`<table class="numbers">
    <caption>By chromosome</caption>
    <thead><tr><th scope="col">Chromosome</th><th scope="col">Markers</th><th scope="col">Imputed</th><th scope="col">Sure</th></tr></thead>
    <tbody>${regions.map(
      ({
        region,
        markers,
        imputed,
        sure,
        left_out,
      }) => html`<tr><th scope="row">${region}</th><td>${countText(markers)}</td>
      <td>${left_out === null ? countText(imputed) : LEFT_OUT[left_out]}</td>
      <td>${imputed === 0 ? '–' : shareText(sure / imputed)}</td></tr>`,
    )}</tbody>
  </table>`

function thresholdOf(checks: QualityDocument['checks']): number | undefined {
  const expected = checks.find(({ key }) => key === 'impute_masked_concordance')?.expected
  return typeof expected === 'number' ? expected : undefined
}
