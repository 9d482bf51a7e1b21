import { CHROMOSOME_LABELS } from '#lib/genotype/chromosomes.ts'
import { countText, placeText } from './figures.ts'
import { html, type Markup } from './markup.ts'
import type { QualityDocument } from './quality-document.ts'

type Density = NonNullable<QualityDocument['density']>

const ROW = 17
const TOP = 22
const BOTTOM = 4
const LEVELS = 5
const TICK_BASES = 50_000_000
const MILLION = 1_000_000

/** How many markers each stretch holds, every chromosome to scale, the darker the more, with a legend. */
export function plotDensity({ bin_bases: binBases, rows }: Density): Markup {
  const labels = CHROMOSOME_LABELS.filter((label) => rows[label])
  const longest = Math.max(1, ...labels.map((label) => rows[label]!.length)) * binBases
  const step = stepOf(Object.values(rows).flat())
  const place = (bases: number) => placeText(bases / longest)
  const height = TOP + labels.length * ROW + BOTTOM
  const ticks = Array.from({ length: Math.floor(longest / TICK_BASES) + 1 }, (_, at) => at * TICK_BASES)
  const row = (label: string, at: number): Markup => {
    const y = TOP + at * ROW + 2
    const bins = rows[label]!
    return html`<text class="name" x="-8" y="${y + 11}">${label}</text>
      ${stretchesOf(bins, step).map(
        ({ level, from, to }) =>
          html`<rect class="level-${level}" x="${place(from * binBases)}" y="${y}" width="${place((to - from) * binBases)}" height="13"/>`,
      )}
      <rect class="outline" x="0" y="${y}" width="${place(bins.length * binBases)}" height="13" rx="2"/>
      <text class="figure" x="100%" dx="54" y="${y + 11}">${countText(bins.reduce((sum, count) => sum + count, 0))}</text>`
  }
  return html`<svg class="plot" role="img" width="100%" height="${height}"
      aria-label="Markers along each chromosome: ${countText(
        Object.values(rows)
          .flat()
          .reduce((sum, count) => sum + count, 0),
      )} on ${labels.length} chromosomes">
    ${ticks.map(
      (
        tick,
      ) => html`<line class="grid" x1="${place(tick)}" x2="${place(tick)}" y1="${TOP - 4}" y2="${height}"/>
        <text class="tick" x="${place(tick)}" y="12">${tick / MILLION}</text>`,
    )}
    ${labels.map(row)}
  </svg>
  ${drawLegend(step, binBases)}`
}

/** A round number of markers, such that few stretches lie beyond the last level. */
function stepOf(counts: readonly number[]): number {
  const held = counts.filter((count) => count > 0).sort((a, b) => a - b)
  const high = held[Math.floor(held.length * 0.95)] ?? LEVELS
  const step = Math.max(1, high / LEVELS)
  const scale = 10 ** Math.floor(Math.log10(step))
  return (
    scale *
    ([1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find(
      (round) => round * scale >= step && Number.isInteger(round * scale),
    ) ?? 10)
  )
}

/** Neighbours of the same level as one: seams between them would show. Empty ones are left out. */
function stretchesOf(bins: readonly number[], step: number): { level: number; from: number; to: number }[] {
  const stretches: { level: number; from: number; to: number }[] = []
  for (const [bin, count] of bins.entries()) {
    const level = levelOf(count, step)
    const last = stretches.at(-1)
    if (last?.level === level) last.to = bin + 1
    else stretches.push({ level, from: bin, to: bin + 1 })
  }
  return stretches.filter(({ level }) => level > 0)
}

const levelOf = (count: number, step: number): number => Math.min(LEVELS, Math.ceil(count / step))

function drawLegend(step: number, binBases: number): Markup {
  const ranges = Array.from({ length: LEVELS }, (_, at) =>
    at + 1 < LEVELS
      ? [at * step + 1, (at + 1) * step]
          .slice(step === 1 ? 1 : 0)
          .map(countText)
          .join('–')
      : `more than ${countText(at * step)}`,
  )
  const swatch = (level: number) =>
    html`<svg class="swatch" width="14" height="14" aria-hidden="true">
      <rect class="level-${level}" width="14" height="14"/><rect class="outline" width="14" height="14"/></svg>`
  return html`<ul class="legend">
    <li>Markers in ${binBases / MILLION} million bases:</li>
    <li>${swatch(0)} none</li>
    ${ranges.map((range, at) => html`<li>${swatch(at + 1)} ${range}</li>`)}
  </ul>`
}
