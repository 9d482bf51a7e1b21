import type { PairSums } from './compare-hidden.ts'

/** How well hidden genotypes came back; null where too few pairs say it. */
export interface Accuracy {
  markers: number
  /** Genotypes that came back as they were. Flatters rare sites, where nearly everybody has the same. */
  concordance: number | null
  /** Of the pairs in which either has the rarer allele, those that differ. */
  nonReferenceDiscordance: number | null
  /** Squared correlation of the imputed dosage with the hidden genotype. */
  dosageR2: number | null
}

/** Fewer pairs say nothing of a correlation. */
const R2_PAIRS_MIN = 20

export function accuracyOf(sums: readonly PairSums[]): Accuracy {
  const [
    first = { pairs: 0, agree: 0, withRare: 0, withRareAgree: 0, x: 0, y: 0, xx: 0, yy: 0, xy: 0 },
    ...rest
  ] = sums
  const all = rest.reduce<PairSums>((total, one) => sum(total, one), first)
  return {
    markers: all.pairs,
    concordance: all.pairs === 0 ? null : all.agree / all.pairs,
    nonReferenceDiscordance: all.withRare === 0 ? null : 1 - all.withRareAgree / all.withRare,
    dosageR2: correlation(all),
  }
}

/** Both together. */
export function sum(a: PairSums, b: PairSums): PairSums {
  const total = { ...a }
  for (const key of Object.keys(total) as (keyof PairSums)[]) total[key] += b[key]
  return total
}

function correlation({ pairs, x, y, xx, yy, xy }: PairSums): number | null {
  const [varX, varY] = [pairs * xx - x * x, pairs * yy - y * y]
  if (pairs < R2_PAIRS_MIN || varX <= 0 || varY <= 0) return null
  return (pairs * xy - x * y) ** 2 / (varX * varY)
}
