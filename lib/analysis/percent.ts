/** A share as per cent: one decimal, and more below one per cent, where they matter. */
const DECIMALS_MAX = 3

/** Rounded down, so that what is just below a threshold is not shown as the threshold itself. */
export const percentDown = (share: number): string => percent(share, Math.floor, 1e-9)

/** Rounded up, for what is just above one. */
export const percentUp = (share: number): string => percent(share, Math.ceil, -1e-9)

/** `slack` lets pass what binary fractions add: 0.29 × 1000 is not quite 290. */
function percent(share: number, round: (value: number) => number, slack: number): string {
  const decimals = share === 0 || share >= 0.01 ? 1 : share >= 0.001 ? 2 : DECIMALS_MAX
  const scale = 10 ** decimals
  return `${(Math.max(0, round(share * 100 * scale + slack)) / scale).toFixed(decimals)} %`
}
