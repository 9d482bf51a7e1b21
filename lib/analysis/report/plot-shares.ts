import { placeText, shareText } from './figures.ts'
import { html, type Markup } from './markup.ts'

/** Pixels of one row; the width is that of the page. */
const ROW = 17
const TOP = 22
const BOTTOM = 4

export interface SharesPlot {
  /** Read out instead of the plot. */
  label: string
  values: readonly { chromosome: string; share: number }[]
  from: number
  to: number
  ticks: readonly number[]
  /** What the project asks, where that lies on the scale. */
  thresholds: readonly number[]
  /** Bars start at 0; where the scale does not, dots are honest. */
  mark: 'bar' | 'dot'
}

/** One share for each chromosome, with its figure beside it. What lies beside the scale is an arrow at its edge. */
export function plotShares({ label, values, from, to, ticks, thresholds, mark }: SharesPlot): Markup {
  const height = TOP + values.length * ROW + BOTTOM
  const place = (share: number) => placeText(Math.min(1, (share - from) / (to - from)))
  const row = ({ chromosome, share }: SharesPlot['values'][number], at: number): Markup => {
    const y = TOP + at * ROW + ROW / 2
    const off = share < from || share > to
    const edge =
      share < from
        ? html`<path class="off" d="M1 ${y}l8 -5v10z"/>`
        : html`<svg x="100%" y="${y}" class="edge"><path class="off" d="M-1 0l-8 -5v10z"/></svg>`
    const shape =
      mark === 'bar'
        ? html`<rect class="bar" x="0" y="${y - 5}" height="10" width="${place(share)}" rx="1.5"/>`
        : html`<line class="row" x1="0" x2="100%" y1="${y}" y2="${y}"/>
          <circle class="dot" cx="${place(share)}" cy="${y}" r="4.5"/>`
    return html`<text class="name" x="-8" y="${y + 4}">${chromosome}</text>
      ${off ? edge : shape}
      <text class="figure" x="100%" dx="54" y="${y + 4}">${shareText(share)}</text>`
  }
  return html`<svg class="plot" role="img" aria-label="${label}: ${extremesOf(values)}" width="100%" height="${height}">
    ${ticks.map((tick) => drawTick(place(tick), `${Math.round(tick * 1_000) / 10}`, height))}
    ${values.map(row)}
    ${thresholds
      .filter((threshold) => threshold >= from && threshold <= to)
      .map((threshold) => drawThreshold(place(threshold), height))}
  </svg>`
}

/** What the plot shows at a glance, for those who cannot see it. */
function extremesOf(values: SharesPlot['values']): string {
  const sorted = values.toSorted((one, other) => one.share - other.share)
  const [lowest, highest] = [sorted[0], sorted.at(-1)]
  if (!lowest || !highest) return 'nothing'
  return `from ${shareText(lowest.share)} on ${lowest.chromosome} to ${shareText(highest.share)} on ${highest.chromosome}`
}

const drawTick = (x: string, text: string, height: number): Markup =>
  html`<line class="grid" x1="${x}" x2="${x}" y1="${TOP - 4}" y2="${height}"/>
    <text class="tick" x="${x}" y="12">${text}</text>`

const drawThreshold = (x: string, height: number): Markup =>
  html`<line class="threshold" x1="${x}" x2="${x}" y1="${TOP - 4}" y2="${height}"/>`
