import type { Chip } from './recognise-chip.ts'

/** What files of a chip usually hold. */
export interface ChipFigures {
  /** Rows of a whole file: fewest and most that were reported. */
  rows: readonly [min: number, max: number]
  /** Share of rows with a call; null where nothing reliable is known. */
  callRate: number | null
  /** True where several independent files agree; false for a single report, or one that only the vendor could confirm. */
  verified: boolean
  /** Where the figures come from. */
  source: string
}

const SNPEDIA = 'SNPedia, "23andMe v4 differences"'
const COUNTED = 'counts of published files'

/** Published figures of each chip. They are shown beside what was measured and judge nothing. */
export const CHIP_FIGURES: Record<Chip, ChipFigures | null> = {
  '23andMe v1 or v2': { rows: [574_513, 576_000], callRate: null, verified: true, source: SNPEDIA },
  '23andMe v3': { rows: [960_613, 966_900], callRate: null, verified: true, source: SNPEDIA },
  '23andMe v4': {
    rows: [601_886, 610_526],
    callRate: 0.989,
    verified: true,
    source: `${SNPEDIA}; call rate of one published PLINK log`,
  },
  '23andMe v5': { rows: [638_000, 640_000], callRate: null, verified: false, source: COUNTED },
  // Any two or three chips together.
  '23andMe, several chips': null,
  'AncestryDNA V1.0': { rows: [701_038, 701_478], callRate: null, verified: true, source: COUNTED },
  'AncestryDNA V2.0': { rows: [669_000, 677_000], callRate: null, verified: true, source: COUNTED },
  'MyHeritage OmniExpress': { rows: [720_816, 720_816], callRate: null, verified: true, source: COUNTED },
  'MyHeritage GSA': { rows: [609_346, 609_346], callRate: null, verified: false, source: COUNTED },
  'MyHeritage low-pass WGS': { rows: [585_000, 585_000], callRate: null, verified: false, source: COUNTED },
}
