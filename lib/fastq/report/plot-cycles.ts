import { placeText } from '#lib/analysis/report/figures.ts'
import { html, type Markup } from '#lib/analysis/report/markup.ts'
import { tickStep } from './plot-counts.ts'
import type { CycleColumn, ReadsFigures } from './reads-figures.ts'

const TOP = 8
const HEIGHT = 170
const BOTTOM = 22
/** The scale reaches so far at least: what sequencers write. */
const QUALITY_SHOWN = 40
const STEP = 10

/** Qualities cycle by cycle: where most reads lie, where the middle half lies, and the median. */
export function plotCycles(
  {
    cycles: columns,
    cyclesCounted,
    highestQuality,
  }: Pick<ReadsFigures, 'cycles' | 'cyclesCounted' | 'highestQuality'>,
  label: string,
): Markup {
  const to = Math.ceil(Math.max(QUALITY_SHOWN, highestQuality) / STEP) * STEP
  const y = (quality: number) => Math.round((TOP + HEIGHT * (1 - quality / to)) * 100) / 100
  const lines = Array.from({ length: to / STEP + 1 }, (_, at) => at * STEP)
  const step = tickStep(cyclesCounted)
  const column = ({ p10, p25, p50, p75, p90 }: CycleColumn, at: number): Markup => {
    const x = placeText(at / columns.length)
    const width = placeText(0.9 / columns.length)
    const box = (name: string, low: number, high: number) =>
      html`<rect class="${name}" x="${x}" width="${width}" y="${y(high)}" height="${Math.max(1, y(low) - y(high))}"/>`
    return html`${box('most', p10, p90)}${box('half', p25, p75)}<rect class="bar" x="${x}" width="${width}" y="${y(p50) - 1}" height="2"/>`
  }
  return html`<svg class="plot reads" role="img" aria-label="${label}" width="100%" height="${TOP + HEIGHT + BOTTOM}">
    ${lines.map(
      (quality) => html`<line class="grid" x1="0" x2="100%" y1="${y(quality)}" y2="${y(quality)}"/>
        <text class="name" x="-8" y="${y(quality) + 4}">${quality}</text>`,
    )}
    ${columns.map(column)}
    ${columns
      .map(({ cycle }, at) => ({ cycle, at }))
      .filter(
        ({ cycle, at }) => at === 0 || Math.ceil(cycle / step) * step < (columns[at + 1]?.cycle ?? cycle + 1),
      )
      .map(
        ({ cycle, at }) =>
          html`<text class="tick" x="${placeText((at + 0.5) / columns.length)}" y="${TOP + HEIGHT + 16}">${at === 0 ? cycle : Math.ceil(cycle / step) * step}</text>`,
      )}
  </svg>`
}
