import { percentBeside, percentDown } from '../../percent.ts'
import type { QualityRule } from '../../quality-rule.ts'
import type { ImputationReport } from '../imputation-report.ts'
import { otherStrandShare } from '../target/alignment-counts.ts'

/** Checks of an imputation; each key is also the code of the note when it fails. Never renamed. */
export const IMPUTATION_KEYS = [
  'impute_overlap',
  'impute_strand',
  'impute_mismatch',
  'impute_chunk_gaps',
  'impute_masked_concordance',
  'impute_x',
] as const
export type ImputationKey = (typeof IMPUTATION_KEYS)[number]

/** Fewer hidden markers say too little of a person to fail them. */
const MASKED_MARKERS_MIN = 50

export const IMPUTATION_RULES: Record<ImputationKey, QualityRule<ImputationReport>> = {
  impute_overlap: {
    name: 'Imputation: rows in the panel',
    description:
      'Share of the called rows, where the panel has sites around them, whose position is in the panel.',
    bound: 'at_least',
    expected: ({ imputeOverlapMin }) => imputeOverlapMin,
    measured: overlapOf,
    fault: (report) => `${percentDown(overlapOf(report) ?? 0)} of the called rows are in the panel`,
  },
  impute_strand: {
    name: 'Imputation: other strand',
    description:
      'Share of the rows in the panel, of those that tell, whose letters fit on the other strand alone.',
    bound: 'at_most',
    expected: ({ imputeStrandMax }) => imputeStrandMax,
    measured: strandOf,
    fault: (report, asked) =>
      `${percentBeside(strandOf(report) ?? 0, asked)} of the rows are on the other strand`,
  },
  impute_mismatch: {
    name: 'Imputation: other letters',
    description: 'Share of the rows in the panel whose letters are not the panel’s on either strand.',
    bound: 'at_most',
    expected: ({ imputeMismatchMax }) => imputeMismatchMax,
    measured: mismatchOf,
    fault: (report, asked) =>
      `${percentBeside(mismatchOf(report) ?? 0, asked)} of the rows have other letters than the panel`,
  },
  impute_chunk_gaps: {
    name: 'Imputation: gaps',
    description:
      'Share of the stretches of 20 Mb that have fewer than three markers, or calls for less than half of their rows.',
    bound: 'at_most',
    expected: ({ imputeGapsMax }) => imputeGapsMax,
    measured: gapsOf,
    fault: (report, asked) =>
      `${percentBeside(gapsOf(report) ?? 0, asked)} of the stretches of 20 Mb have too few markers`,
  },
  impute_masked_concordance: {
    name: 'Imputation: hidden markers',
    description:
      'Share of a tenth of the markers of two chromosomes, hidden from the program, that came back as they were. Low where the panel does not fit the person.',
    bound: 'at_least',
    expected: ({ imputeConcordanceMin }) => imputeConcordanceMin,
    measured: concordanceOf,
    fault: (report) =>
      `${percentDown(concordanceOf(report) ?? 0)} of the hidden markers came back as they were`,
  },
  impute_x: {
    name: 'Imputation: two letters on a man’s X',
    description: 'Share of a man’s markers on X, outside the pseudoautosomal regions, that have two letters.',
    bound: 'at_most',
    expected: ({ imputeXMixedMax }) => imputeXMixedMax,
    measured: ({ xMixed }) => xMixed,
    fault: ({ xMixed }, asked) => `${percentBeside(xMixed ?? 0, asked)} of the markers on X have two letters`,
  },
}

function overlapOf({ rows }: ImputationReport): number | null {
  return rows && rows.called > 0 ? rows.inPanel / rows.called : null
}

function strandOf({ rows }: ImputationReport): number | null {
  return rows && otherStrandShare(rows)
}

function mismatchOf({ rows }: ImputationReport): number | null {
  const withLetters = rows ? rows.inPanel - rows.noLetters : 0
  return rows && withLetters > 0 ? rows.mismatch / withLetters : null
}

function gapsOf({ gaps }: ImputationReport): number | null {
  return gaps && gaps.stretches > 0 ? gaps.gaps / gaps.stretches : null
}

function concordanceOf({ masked }: ImputationReport): number | null {
  return masked && masked.markers >= MASKED_MARKERS_MIN ? masked.concordance : null
}
