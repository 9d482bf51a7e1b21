import { ALLELE_MISSING } from '#lib/genotype/rows/row-parser.ts'
import type { SiteList } from '../panel/site-list.ts'
import type { Rows, TargetCall } from './align-rows.ts'

/** As the Michigan Imputation Server judges chunks: 20 Mb, three markers, half of the rows called. */
const STRETCH_BASES = 20_000_000
const MARKERS_MIN = 3
const CALL_RATE_MIN = 0.5

export interface GapCounts {
  /** Stretches of 20 Mb in which the panel has sites. */
  stretches: number
  /** Those with fewer than three markers, or in which less than half of the rows have a call. */
  gaps: number
}

/** Add the stretches of one region, by positions on the build of exports. */
export function countGaps(
  counts: GapCounts,
  {
    table,
    rows,
    sites,
    extent,
    calls,
  }: {
    table: Rows
    rows: Uint32Array
    sites: SiteList
    extent: { first: number; last: number }
    calls: readonly TargetCall[]
  },
): void {
  const stretchOf = (position: number) => Math.floor((position - extent.first) / STRETCH_BASES)
  const stretches = Math.max(0, stretchOf(extent.last) + 1)
  const [inPanel, all, called, kept] = [0, 1, 2, 3].map(() => new Uint32Array(stretches)) as [
    Uint32Array,
    Uint32Array,
    Uint32Array,
    Uint32Array,
  ]
  for (const position of sites.lookup) if (position > 0) inPanel[stretchOf(position)]!++
  for (const row of rows) {
    const stretch = stretchOf(table.position[row]!)
    all[stretch]!++
    if (table.allele1[row] !== ALLELE_MISSING) called[stretch]!++
  }
  for (const { site } of calls) kept[stretchOf(sites.lookup[site]!)]!++
  for (let stretch = 0; stretch < stretches; stretch++) {
    if (inPanel[stretch] === 0) continue
    counts.stretches++
    const callRate = all[stretch] === 0 ? 0 : called[stretch]! / all[stretch]!
    if (kept[stretch]! < MARKERS_MIN || callRate < CALL_RATE_MIN) counts.gaps++
  }
}
