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

/** Two-sided: a value between the bounds decides nothing, so X0, XXY and mixed samples stay undetermined. */
export const X_HETEROZYGOSITY_MALE_MAX = 0.04
export const X_HETEROZYGOSITY_FEMALE_MIN = 0.1
export const Y_CALL_RATE_FEMALE_MAX = 0.2
export const Y_CALL_RATE_MALE_MIN = 0.5
/** Below this a sample is so poor that its call rate excuses nothing. */
const CALL_RATE_MIN = 0.5
const X_CALLS_MIN = 25
const Y_ROWS_MIN = 8

/** What either chromosome says by itself. */
export interface SexReading {
  /** Heterozygous calls among the calls of X; null with too few of them. */
  xHeterozygosity: number | null
  /** Calls among the rows of Y, against the call rate of the sample; null with too few rows. */
  yCallRate: number | null
  byX: InferredSex | null
  byY: InferredSex | null
}

/** Read X and Y each by itself. */
export function readSexEvidence({
  xCalls,
  xHeterozygous,
  yRows,
  yCalls,
  autosomalCallRate,
}: SexEvidence): SexReading {
  const xHeterozygosity = xCalls >= X_CALLS_MIN ? xHeterozygous / xCalls : null
  const yCallRate = yRows >= Y_ROWS_MIN ? yCalls / (yRows * Math.max(autosomalCallRate, CALL_RATE_MIN)) : null
  return {
    xHeterozygosity,
    yCallRate,
    byX: xHeterozygosity === null ? null : sexByX(xHeterozygosity),
    byY: yCallRate === null ? null : sexByY(yCallRate),
  }
}

/** Sex by the heterozygosity of X and the call rate of Y, which must agree; X alone decides where a vendor lists no Y. */
export function inferSex(evidence: SexEvidence): InferredSex {
  const { byX, byY } = readSexEvidence(evidence)
  if (byX && byY && byX !== byY) return 'undetermined'
  return byX ?? byY ?? 'undetermined'
}

function sexByX(heterozygosity: number): InferredSex {
  if (heterozygosity <= X_HETEROZYGOSITY_MALE_MAX) return 'male'
  return heterozygosity >= X_HETEROZYGOSITY_FEMALE_MIN ? 'female' : 'undetermined'
}

function sexByY(callRate: number): InferredSex {
  if (callRate >= Y_CALL_RATE_MALE_MIN) return 'male'
  return callRate <= Y_CALL_RATE_FEMALE_MAX ? 'female' : 'undetermined'
}
