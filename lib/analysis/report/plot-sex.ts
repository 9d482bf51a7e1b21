import {
  X_HETEROZYGOSITY_FEMALE_MIN,
  X_HETEROZYGOSITY_MALE_MAX,
  Y_CALL_RATE_FEMALE_MAX,
  Y_CALL_RATE_MALE_MIN,
} from '#lib/genotype/infer-sex.ts'
import { placeText, shareText } from './figures.ts'
import { html, type Markup } from './markup.ts'
import type { QualityDocument } from './quality-document.ts'

const HEIGHT = 58
const BAND = { y: 18, height: 18 }

interface Scale {
  title: string
  share: number | null
  /** What the scale shows at its right end. */
  to: number
  /** Where the left zone ends and the right one begins. */
  bounds: readonly [number, number]
  zones: readonly [left: string, right: string]
  missing: string
}

/** What X and Y show, each on a scale with the bounds that decide. */
export function plotSex({ x_heterozygosity, y_call_rate }: QualityDocument['sex']): Markup {
  return html`
    ${drawScale({
      title: 'Heterozygous calls on X',
      share: x_heterozygosity,
      to: Math.max(0.4, x_heterozygosity ?? 0),
      bounds: [X_HETEROZYGOSITY_MALE_MAX, X_HETEROZYGOSITY_FEMALE_MIN],
      zones: ['one X', 'two X'],
      missing: 'The file has too few calls on X.',
    })}
    ${drawScale({
      title: 'Rows of Y with a call',
      share: y_call_rate === null ? null : Math.min(1, y_call_rate),
      to: 1,
      bounds: [Y_CALL_RATE_FEMALE_MAX, Y_CALL_RATE_MALE_MIN],
      zones: ['no Y', 'a Y'],
      missing: 'The file lists no or too few rows on Y; X decides alone.',
    })}`
}

function drawScale({ title, share, to, bounds: [left, right], zones, missing }: Scale): Markup {
  if (share === null) return html`<div class="scale"><h3>${title}</h3><p class="quiet">${missing}</p></div>`
  const place = (value: number) => placeText(value / to)
  const { y, height } = BAND
  const at = place(share)
  return html`<div class="scale">
    <h3>${title}: <b>${shareText(share)}</b></h3>
    <svg class="plot sex" role="img" aria-label="${title}: ${shareText(share)}. Up to ${shareText(left)} means ${zones[0]}, from ${shareText(right)} on ${zones[1]}." width="100%" height="${HEIGHT}">
      <rect class="undecided" x="0" y="${y}" width="100%" height="${height}" rx="3"/>
      <rect class="zone" x="0" y="${y}" width="${place(left)}" height="${height}" rx="3"/>
      <rect class="zone" x="${place(right)}" y="${y}" width="${placeText(1 - right / to)}" height="${height}" rx="3"/>
      <text class="zone-name" x="0" y="10">${zones[0]}</text>
      <text class="zone-name end" x="100%" y="10">${zones[1]}</text>
      ${[0, left, right, to].map((tick) => html`<text class="${tick === 0 ? 'tick first' : tick === to ? 'tick last' : 'tick'}" x="${place(tick)}" y="${HEIGHT - 5}">${Math.round(tick * 100)}</text>`)}
      <line class="needle" x1="${at}" x2="${at}" y1="${y - 3}" y2="${y + height + 3}"/>
      <circle class="dot" cx="${at}" cy="${y + height / 2}" r="6"/>
    </svg>
  </div>`
}
