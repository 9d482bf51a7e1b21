import { shareText } from './figures.ts'
import { html, type Markup } from './markup.ts'
import { plotDensity } from './plot-density.ts'
import { plotSex } from './plot-sex.ts'
import { plotShares } from './plot-shares.ts'
import type { QualityDocument } from './quality-document.ts'

/** Where the scale of call rates may start: the narrowest that shows every autosome. */
const CALL_RATE_FLOORS = [0.95, 0.9, 0.8, 0.5, 0] as const
const TICKS = 5

/** Everything that is better seen than read. The tables hold the same numbers. */
export function renderPlots(document: QualityDocument): Markup {
  return html`<section class="new-page" aria-labelledby="by-chromosome">
  <h2 id="by-chromosome">By chromosome</h2>
  <div class="plots by-chromosome">
    ${renderCallRates(document)}
    ${renderHeterozygosity(document)}
  </div>
</section>
<section aria-labelledby="sex">
  <h2 id="sex">Sex chromosomes</h2>
  <p class="quiet lead">Two copies of X differ at many markers, one copy at hardly any; without a Y its markers stay without
  a call. Shaded parts decide, the part between them does not. This is what chromosomes show, and says nothing about gender.</p>
  <div class="plots">${plotSex(document.sex)}</div>
</section>
${renderDensity(document.density)}`
}

function renderCallRates({ chromosomes, checks }: QualityDocument): Markup {
  const autosomal = chromosomes.filter(isAutosome).map(({ call_rate }) => call_rate)
  const lowestAutosomal = Math.min(1, ...autosomal)
  const from = CALL_RATE_FLOORS.find((floor) => floor <= lowestAutosomal) ?? 0
  const lowest = Math.min(1, ...chromosomes.map(({ call_rate }) => call_rate))
  const asked = thresholdOf(checks, 'low_chromosome_call_rate')
  return html`<figure>
    <figcaption>
      <h3>Call rate</h3>
      <p>Rows with a genotype, in per cent. The scale starts at ${from * 100}${lowest < from ? '; arrows mark what lies below' : ''}.
      ${asked === undefined ? undefined : `The project asks for at least ${shareText(asked)} on each autosome.`}</p>
    </figcaption>
    ${plotShares({
      label: 'Call rate of each chromosome. The table of chromosomes holds the numbers.',
      values: chromosomes.map(({ chromosome, call_rate }) => ({ chromosome, share: call_rate })),
      from,
      to: 1,
      ticks: ticksBetween(from, 1),
      thresholds: asked === undefined ? [] : [asked],
      mark: from === 0 ? 'bar' : 'dot',
    })}
  </figure>`
}

function renderHeterozygosity({ chromosomes, checks, sex }: QualityDocument): Markup {
  const values = chromosomes.flatMap(({ chromosome, heterozygosity }) =>
    heterozygosity === null ? [] : { chromosome, share: heterozygosity },
  )
  const asked = ['low_heterozygosity', 'high_heterozygosity'].flatMap((key) => thresholdOf(checks, key) ?? [])
  const to = Math.ceil(Math.max(0.5, ...values.map(({ share }) => share)) * 10) / 10
  return html`<figure>
    <figcaption>
      <h3>Heterozygosity</h3>
      <p>Calls of two different alleles, in per cent${sex.inferred === 'male' ? '; one copy of X, Y and MT has none' : ''}.
      ${asked.length > 0 ? 'Dashed lines are the bounds that the project sets for all autosomes together.' : undefined}</p>
    </figcaption>
    ${plotShares({
      label: 'Heterozygosity of each chromosome. The table of chromosomes holds the numbers.',
      values,
      from: 0,
      to,
      ticks: ticksBetween(0, to),
      thresholds: asked,
      mark: 'bar',
    })}
  </figure>`
}

function renderDensity(density: QualityDocument['density']): Markup | undefined {
  if (!density) return undefined
  return html`<section class="new-page" aria-labelledby="density">
  <h2 id="density">Marker density</h2>
  <figure>
    <figcaption><p class="lead">Where the markers of the file lie, each chromosome to scale in millions of bases, with all its
    markers at the right. Gaps around centromeres and on the short arms of 13, 14, 15, 21 and 22 are as they should be; the last
    stretch of a chromosome is shorter than the others.</p></figcaption>
    ${plotDensity(density)}
  </figure>
</section>`
}

const isAutosome = ({ chromosome }: QualityDocument['chromosomes'][number]): boolean => Number(chromosome) > 0

function thresholdOf(checks: QualityDocument['checks'], key: string): number | undefined {
  const expected = checks.find((check) => check.key === key)?.expected
  return typeof expected === 'number' ? expected : undefined
}

const ticksBetween = (from: number, to: number): number[] =>
  Array.from({ length: TICKS + 1 }, (_, at) => from + ((to - from) * at) / TICKS)
