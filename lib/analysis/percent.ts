import type { QualityValue } from './quality-rule.ts'

/** A share as per cent: one decimal, and more below one per cent, where they matter. */
const DECIMALS_MAX = 3
/** Further on a limit's decimals are those of binary fractions. */
const LIMIT_DECIMALS_MAX = 10
/** Lets pass what binary fractions add: 0.29 × 1000 is not quite 290. */
const SLACK = 1e-9

/** Rounded down, so that what is just below a threshold is not shown as the threshold itself. */
export function percentDown(share: number): string {
  if (share <= 0) return textOf(0, 1)
  const decimals = decimalsOf(share)
  const percent = roundDown(share, decimals)
  return percent > 0 ? textOf(percent, decimals) : `<${textOf(10 ** -decimals, decimals)}`
}

/** The same figure beside what it may be at most: with as many decimals as it takes to be seen above a limit that it exceeds. */
export function percentBeside(share: number, limit: QualityValue): string {
  if (typeof limit !== 'number' || share <= limit) return percentDown(share)
  for (let decimals = decimalsOf(share); decimals <= DECIMALS_MAX; decimals++) {
    const percent = roundDown(share, decimals)
    if (percent > limit * 100 + SLACK) return textOf(percent, decimals)
  }
  return `>${percentOfLimit(limit)}`
}

/** The same figure beside what it has to be at least: with as many decimals as it takes to reach a limit that it reaches. */
export function percentReaching(share: number, limit: QualityValue): string {
  if (typeof limit !== 'number' || share < limit) return percentDown(share)
  const most = decimalsOfLimit(limit)
  for (let decimals = decimalsOf(share); decimals < most; decimals++) {
    const percent = roundDown(share, decimals)
    if (percent >= limit * 100 - SLACK)
      return decimals === decimalsOf(share) ? percentDown(share) : textOf(percent, decimals)
  }
  return most > decimalsOf(share) ? textOf(roundDown(share, most), most) : percentDown(share)
}

/** A limit, with every decimal that it was given. */
export const percentOfLimit = (limit: number): string => textOf(limit * 100, decimalsOfLimit(limit))

function decimalsOfLimit(limit: number): number {
  let decimals = limit <= 0 ? 1 : decimalsOf(limit)
  const isWhole = () => Math.abs(limit * 100 - Number((limit * 100).toFixed(decimals))) < SLACK
  while (decimals < LIMIT_DECIMALS_MAX && !isWhole()) decimals++
  return decimals
}

const decimalsOf = (share: number): number => (share >= 0.01 ? 1 : share >= 0.001 ? 2 : DECIMALS_MAX)

const roundDown = (share: number, decimals: number): number =>
  Math.floor(share * 100 * 10 ** decimals + SLACK) / 10 ** decimals

const textOf = (percent: number, decimals: number): string => `${percent.toFixed(decimals)} %`
