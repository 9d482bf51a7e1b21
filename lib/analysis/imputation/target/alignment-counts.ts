/** What became of the rows of an export in a region, by cause. Every row counts in exactly one of those marked ●. */
export interface AlignmentCounts {
  rows: number
  /** ● */
  noCall: number
  /** ● `D` and `I`: which bases they stand for is not known. */
  indel: number
  /** Rows with letters. */
  called: number
  /** ● */
  notInPanel: number
  /** Rows with letters whose position the panel has. */
  inPanel: number
  /** ● The panel has no pair of single letters here. */
  noLetters: number
  /** ● Letters that fit only as those of the other strand. */
  otherStrand: number
  /** ● Letters that fit neither way. */
  mismatch: number
  /** ● Two letters where a man has one copy. */
  heterozygousHaploid: number
  /** ● One letter where a person has two copies. */
  oneLetter: number
  /** ● A second row at a place, which says the same. */
  duplicateAgrees: number
  /** ● Rows at a place that contradict one another: all of them. */
  duplicateConflicts: number
  /** A/T and C/G among the rows that fit. */
  palindromic: number
  /** ● A/T and C/G, left out because too many other rows are on the other strand. */
  palindromicLeftOut: number
  /** ● What the engine is given. */
  kept: number
}

export const noRows = (): AlignmentCounts => ({
  rows: 0,
  noCall: 0,
  indel: 0,
  called: 0,
  notInPanel: 0,
  inPanel: 0,
  noLetters: 0,
  otherStrand: 0,
  mismatch: 0,
  heterozygousHaploid: 0,
  oneLetter: 0,
  duplicateAgrees: 0,
  duplicateConflicts: 0,
  palindromic: 0,
  palindromicLeftOut: 0,
  kept: 0,
})

export function addCounts(all: readonly AlignmentCounts[]): AlignmentCounts {
  const sum = noRows()
  for (const counts of all) {
    for (const key of Object.keys(sum) as (keyof AlignmentCounts)[]) sum[key] += counts[key]
  }
  return sum
}

/** Of the rows that fit one way or the other and tell their strand, those on the other one; null without any. */
export function otherStrandShare(counts: AlignmentCounts): number | null {
  const { otherStrand, kept, palindromic, palindromicLeftOut, duplicateAgrees } = counts
  const forward = kept + palindromicLeftOut + duplicateAgrees - palindromic
  const telling = Math.max(0, forward) + otherStrand
  return telling === 0 ? null : otherStrand / telling
}
