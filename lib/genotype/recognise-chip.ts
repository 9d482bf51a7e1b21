import type { Vendor } from './vendors.ts'

export const CHIPS = [
  '23andMe v1 or v2',
  '23andMe v3',
  '23andMe v4',
  '23andMe v5',
  '23andMe, several chips',
  'AncestryDNA V1.0',
  'AncestryDNA V2.0',
  'MyHeritage OmniExpress',
  'MyHeritage GSA',
  'MyHeritage low-pass WGS',
] as const
export type Chip = (typeof CHIPS)[number]

/** What speaks for a chip: what the header states, ids that only this chip carries, the number of rows. */
export type ChipEvidence = 'header' | 'chip_only_ids' | 'row_count'

export interface RecognisedChip {
  /** Null when nothing speaks for one chip. */
  name: Chip | null
  evidence: ChipEvidence[]
}

const V1_TO_V3 = 4477212
const V4 = [148828841, 115093905] as const
const V4_AND_V5 = 12564807
const V5 = [548049170, 13328684] as const
const ANCESTRY_V1 = 4477212
const ANCESTRY_V2 = [369202065, 114525117, 141175086] as const
const MYHERITAGE_GSA = [547237130, 562180473, 575203260] as const

/** Numbers of the rsids that tell chips apart. */
export const CHIP_MARKERS: readonly number[] = [
  V1_TO_V3,
  V4_AND_V5,
  ...V4,
  ...V5,
  ...ANCESTRY_V2,
  ...MYHERITAGE_GSA,
]

/** v3 has 960,000 rows; v1 and v2, which start alike, have 575,000. */
const V3_ROWS_MIN = 800_000
/** Below this, counts of rows say nothing: no genuine chip is so small. */
const COUNTED_ROWS_MIN = 300_000

interface Facts {
  comments: readonly string[]
  rows: number
  hasId: (rs: number) => boolean
}

/** Name the chip by evidence in the file alone; file names are not asked, they are personal and often wrong. */
export const recogniseChip = ({ vendor, ...facts }: Facts & { vendor: Vendor }): RecognisedChip =>
  CHIP_RULES[vendor](facts)

/** How each vendor's chips are told apart. */
const CHIP_RULES: Record<Vendor, (facts: Facts) => RecognisedChip> = {
  '23andme': recognise23andMe,
  ancestrydna: recogniseAncestryDna,
  myheritage: recogniseMyHeritage,
}

function recognise23andMe({ rows, hasId }: Facts): RecognisedChip {
  const old = hasId(V1_TO_V3)
  const v4 = hasId(V4_AND_V5) && V4.some(hasId)
  const v5 = V5.some(hasId)
  if ([old, v4, v5].filter(Boolean).length > 1) {
    return { name: '23andMe, several chips', evidence: ['chip_only_ids'] }
  }
  if (v5) return { name: '23andMe v5', evidence: ['chip_only_ids'] }
  if (v4) return { name: '23andMe v4', evidence: ['chip_only_ids'] }
  if (!old || rows < COUNTED_ROWS_MIN) return unknown
  const name = rows >= V3_ROWS_MIN ? '23andMe v3' : '23andMe v1 or v2'
  return { name, evidence: ['chip_only_ids', 'row_count'] }
}

function recogniseAncestryDna({ comments, hasId }: Facts): RecognisedChip {
  const stated = comments.map((line) => /array version: ?V([12])\.0/i.exec(line)?.[1]).find(Boolean)
  const seen = ANCESTRY_V2.some(hasId) ? '2' : hasId(ANCESTRY_V1) ? '1' : undefined
  const version = stated ?? seen
  if (!version) return unknown
  const evidence: ChipEvidence[] = stated ? ['header'] : []
  if (seen === version) evidence.push('chip_only_ids')
  return { name: version === '1' ? 'AncestryDNA V1.0' : 'AncestryDNA V2.0', evidence }
}

function recogniseMyHeritage({ comments, hasId }: Facts): RecognisedChip {
  const states = (pattern: RegExp) => comments.some((line) => pattern.test(line))
  if (states(/^##method=.*low-pass/i)) return { name: 'MyHeritage low-pass WGS', evidence: ['header'] }
  if (states(/^##chip=GSA/i)) {
    const evidence: ChipEvidence[] = MYHERITAGE_GSA.some(hasId) ? ['header', 'chip_only_ids'] : ['header']
    return { name: 'MyHeritage GSA', evidence }
  }
  if (MYHERITAGE_GSA.some(hasId)) return { name: 'MyHeritage GSA', evidence: ['chip_only_ids'] }
  return hasId(V1_TO_V3) ? { name: 'MyHeritage OmniExpress', evidence: ['chip_only_ids'] } : unknown
}

const unknown: RecognisedChip = { name: null, evidence: [] }

/** Whether the vendor itself imputed the genotypes of this chip, from low-pass sequencing. */
export const isImputedByVendor = ({ name }: RecognisedChip): boolean => name === 'MyHeritage low-pass WGS'
