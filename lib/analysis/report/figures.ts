import { percentDown } from '../percent.ts'

/** Counts as people read them: `1,234,567`. */
export const countText = (count: number): string => count.toLocaleString('en-US')

/** A share as per cent, on one line; a dash where there is none. */
export const shareText = (share: number | null): string =>
  share === null ? '–' : unbroken(percentDown(share))

/** Keeps figures and their per cent signs on one line. */
export const unbroken = (text: string): string => text.replaceAll(' %', '\u00a0%')

/** A place on a plot, in per cent of its width. */
export const placeText = (share: number): string => `${Math.round(share * 10_000) / 100}%`
