export type InferredSex = 'male' | 'female' | 'undetermined'

/** What X and Y say. X is counted outside its pseudoautosomal regions. */
export interface SexEvidence {
  xCalls: number
  xHeterozygous: number
  yRows: number
  yCalls: number
  /** What share of calls to expect of a copy that is there. */
  autosomalCallRate: number
}

/** Two-sided: what lies between the bounds decides nothing, so X0, XXY and mixed samples stay undetermined. */
const X_HETEROZYGOSITY_MALE_MAX = 0.04
const X_HETEROZYGOSITY_FEMALE_MIN = 0.1
const Y_CALL_RATE_FEMALE_MAX = 0.2
const Y_CALL_RATE_MALE_MIN = 0.5
/** Below this a sample is so poor that its call rate excuses nothing. */
const CALL_RATE_MIN = 0.5
const X_CALLS_MIN = 25
const Y_ROWS_MIN = 8

/** Sex by the heterozygosity of X and the call rate of Y, which must agree; X alone decides where a vendor lists no Y. */
export function inferSex({
  xCalls,
  xHeterozygous,
  yRows,
  yCalls,
  autosomalCallRate,
}: SexEvidence): InferredSex {
  const hasX = xCalls >= X_CALLS_MIN
  const hasY = yRows >= Y_ROWS_MIN
  const byX = hasX
    ? between(xHeterozygous / xCalls, X_HETEROZYGOSITY_MALE_MAX, X_HETEROZYGOSITY_FEMALE_MIN)
    : 0
  const byY = hasY
    ? -between(
        yCalls / (yRows * Math.max(autosomalCallRate, CALL_RATE_MIN)),
        Y_CALL_RATE_FEMALE_MAX,
        Y_CALL_RATE_MALE_MIN,
      )
    : 0
  if (hasX && hasY && byX !== byY) return 'undetermined'
  const side = hasX ? byX : byY
  return side === 0 ? 'undetermined' : side < 0 ? 'male' : 'female'
}

/** -1 at or below the lower bound, 1 at or above the upper one, 0 between them. */
const between = (share: number, lower: number, upper: number) =>
  share <= lower ? -1 : share >= upper ? 1 : 0
