/** Positions that two sketches must share before anything is said. */
const SHARED_MIN = 100
/**
 * Share of them that must agree. Two exports of one person agree in 0.99 or more (vendors state 0.999 for each); siblings,
 * who share both alleles at a quarter of all positions, in some 0.8; strangers in some 0.6.
 */
const AGREEING_MIN = 0.95
/** Exports without heterozygous positions all agree; and of those that either holds, so many must be in both. */
const HETEROZYGOUS_MIN = 10
const BOTH_MIN = 0.75

/** How alike two sketches are, in positions. */
export interface Likeness {
  shared: number
  agreeing: number
  /** At which one or both are heterozygous. */
  heterozygous: number
}

/** Counts the positions that both sketches hold, and those at which both are heterozygous or neither is. One pass over both. */
export function compareSketches(one: Uint8Array, other: Uint8Array): Likeness {
  const [left, right] = [viewOf(one), viewOf(other)]
  let shared = 0
  let agreeing = 0
  let heterozygous = 0
  for (let a = 0, b = 0; a < left.byteLength && b < right.byteLength; ) {
    const [first, second] = [left.getUint32(a), right.getUint32(b)]
    const difference = (first >>> 1) - (second >>> 1)
    if (difference === 0) {
      shared += 1
      if (first === second) agreeing += 1
      heterozygous += (first | second) & 1
    }
    if (difference <= 0) a += 4
    if (difference >= 0) b += 4
  }
  return { shared, agreeing, heterozygous }
}

/** Whether two exports are of one person, or of identical twins, who cannot be told apart. */
export const isSamePerson = ({ shared, agreeing, heterozygous }: Likeness): boolean =>
  shared >= SHARED_MIN &&
  agreeing >= shared * AGREEING_MIN &&
  heterozygous >= HETEROZYGOUS_MIN &&
  shared - agreeing <= heterozygous * (1 - BOTH_MIN)

const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array): DataView =>
  new DataView(buffer, byteOffset, byteLength)
