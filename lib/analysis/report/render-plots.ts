import { shareText } from './figures.ts'
import { html, type Markup } from './markup.ts'
import { plotDensity } from './plot-density.ts'
import { plotSex } from './plot-sex.ts'
import { plotShares } from './plot-shares.ts'
import { CALL_RATE_SCALE, HETEROZYGOSITY_SCALE, type Plotted, ticksBetween } from './plotted.ts'

/** Everything that is better seen than read. The tables hold the same numbers. */
export function renderPlots(document: Plotted): Markup {
  return html`<section class="new-page" aria-labelledby="by-chromosome">
  <h2 id="by-chromosome">By chromosome</h2>
  <div class="plots by-chromosome">
    ${renderCallRates(document)}
    ${renderHeterozygosity(document)}
  </div>
</section>
<section class="second" aria-labelledby="sex">
  <h2 id="sex">Sex chromosomes</h2>
  <p class="quiet lead">Two copies of X differ at many markers, one copy at hardly any; without a Y its markers stay without
  a call. Shaded parts decide, the part between them does not. This is what chromosomes show, and says nothing about gender.</p>
  <div class="plots">${plotSex(document.sex)}</div>
</section>
${renderDensity(document.density)}`
}

function renderCallRates({ chromosomes, checks }: Plotted): Markup {
  const { from, to } = CALL_RATE_SCALE
  const below = chromosomes.some(({ call_rate }) => call_rate < from)
  const whole = thresholdOf(checks, 'low_call_rate')
  const each = thresholdOf(checks, 'low_chromosome_call_rate')
  return html`<figure>
    <figcaption>
      <h3>Call rate</h3>
      <p>Rows with a genotype, in per cent. The scale starts at ${from * 100}${below ? '; arrows mark what lies below' : ''}.
      ${whole === undefined ? undefined : `The project asks for at least ${shareText(whole)} of all autosomes together.`}
      ${each === undefined ? undefined : `It asks for at least ${shareText(each)} on each of them.`}</p>
    </figcaption>
    ${plotShares({
      label: 'Call rate of each chromosome',
      values: chromosomes.map(({ chromosome, call_rate }) => ({ chromosome, share: call_rate })),
      from,
      to,
      ticks: ticksBetween(CALL_RATE_SCALE),
      thresholds: [whole, each].filter((bound) => bound !== undefined),
      mark: 'dot',
    })}
  </figure>`
}

function renderHeterozygosity({ chromosomes, checks, sex }: Plotted): Markup {
  const values = chromosomes.flatMap(({ chromosome, heterozygosity }) =>
    heterozygosity === null ? [] : { chromosome, share: heterozygosity },
  )
  const asked = ['low_heterozygosity', 'high_heterozygosity'].flatMap((key) => thresholdOf(checks, key) ?? [])
  const { from, to } = HETEROZYGOSITY_SCALE
  const beyond = values.some(({ share }) => share > to)
  return html`<figure>
    <figcaption>
      <h3>Heterozygosity</h3>
      <p>Calls of two different alleles, in per cent${sex.inferred === 'male' ? '; one copy of X, Y and MT has none' : ''}${beyond ? `; arrows mark what lies beyond ${to * 100}` : ''}.
      ${asked.length > 0 ? 'Dashed lines are the bounds that the project sets for all autosomes together.' : undefined}</p>
    </figcaption>
    ${plotShares({
      label: 'Heterozygosity of each chromosome',
      values,
      from,
      to,
      ticks: ticksBetween(HETEROZYGOSITY_SCALE),
      thresholds: asked,
      mark: 'bar',
    })}
  </figure>`
}

function renderDensity(density: Plotted['density']): Markup | undefined {
  if (!density) return undefined
  return html`<section class="new-page" aria-labelledby="density">
  <h2 id="density">Marker density</h2>
  <figure>
    <figcaption><p class="lead density-words">Where the markers of the file lie, each chromosome to scale in millions of bases, with all its
    markers at the right. Gaps around centromeres and on the short arms of 13, 14, 15, 21 and 22 are as they should be; the last
    stretch of a chromosome is shorter than the others.</p></figcaption>
    ${plotDensity(density)}
  </figure>
</section>`
}

function thresholdOf(checks: Plotted['checks'], key: string): number | undefined {
  const expected = checks.find((check) => check.key === key)?.expected
  return typeof expected === 'number' ? expected : undefined
}
