import { placeText } from '#lib/analysis/report/figures.ts'
import { html, type Markup } from '#lib/analysis/report/markup.ts'
import type { CountColumn } from './reads-figures.ts'

const TOP = 8
const HEIGHT = 110
const BOTTOM = 22

/** How many reads have each of some values that follow one another. */
export function plotCounts(columns: readonly CountColumn[], label: string): Markup {
  const highest = Math.max(1, ...columns.map(({ reads }) => reads))
  const [first, last] = [columns[0]?.value ?? 0, columns.at(-1)?.value ?? 0]
  const step = tickStep(last - first + 1)
  const bottom = TOP + HEIGHT
  const column = ({ reads }: CountColumn, at: number): Markup | undefined => {
    if (reads === 0) return undefined
    // What is there is seen, however little it is.
    const height = Math.max(1, Math.round((HEIGHT * reads * 100) / highest) / 100)
    return html`<rect class="bar" x="${placeText(at / columns.length)}" width="${placeText(0.9 / columns.length)}" y="${bottom - height}" height="${height}"/>`
  }
  return html`<svg class="plot reads" role="img" aria-label="${label}" width="100%" height="${bottom + BOTTOM}">
    <line class="grid" x1="0" x2="100%" y1="${bottom}" y2="${bottom}"/>
    ${columns.map((one, at) => column(one, at))}
    ${columns
      .map(({ value }, at) => ({ value, at }))
      // A column may stand for several values: the first that holds a round one.
      .filter(({ value, at }) => Math.ceil(value / step) * step < (columns[at + 1]?.value ?? value + 1))
      .map(
        ({ value, at }) =>
          html`<text class="tick" x="${placeText((at + 0.5) / columns.length)}" y="${bottom + 16}">${Math.ceil(value / step) * step}</text>`,
      )}
  </svg>`
}

const ROUND = [1, 2, 5, 10, 20, 25, 50]

/** A round number, such that its multiples mark a scale of so many values some five times. */
export function tickStep(values: number): number {
  const wanted = values / 5
  const scale = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, wanted))) - 1)
  return (ROUND.find((round) => round * scale >= wanted) ?? 100) * scale
}
