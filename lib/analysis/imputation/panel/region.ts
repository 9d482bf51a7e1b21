import { AUTOSOMES, CHROMOSOME_LENGTHS, CHROMOSOME_X, PAR_ON_X } from '#lib/genotype/chromosomes.ts'
import type { Build } from '#lib/genotype/verdict.ts'

/** A stretch of the genome that is imputed in one go: an autosome, or one of the three parts of X. */
export interface Region {
  /** `1` to `22`, `X-PAR1`, `X`, `X-PAR2`. */
  key: string
  /** PLINK's code. */
  chromosome: number
  /** The name of the chromosome in every file of ours: without `chr`. */
  contig: string
  /** Both ends inclusive. */
  first: number
  last: number
}

/** Everything that can be imputed on a build, in the order of the genome. Y and MT are not: there is no panel of them. */
export function regionsOf(build: Build): Region[] {
  const lengths = CHROMOSOME_LENGTHS[build]
  const autosomes = Array.from({ length: AUTOSOMES }, (_, index) => ({
    key: String(index + 1),
    chromosome: index + 1,
    contig: String(index + 1),
    first: 1,
    last: lengths[index + 1]!,
  }))
  const [[, par1End], [par2Start, par2End]] = PAR_ON_X[build]
  const onX = { chromosome: CHROMOSOME_X, contig: 'X' }
  return [
    ...autosomes,
    // What stands before the first region belongs to it: the telomere has no variants of its own.
    { key: 'X-PAR1', ...onX, first: 1, last: par1End },
    { key: 'X', ...onX, first: par1End + 1, last: par2Start - 1 },
    { key: 'X-PAR2', ...onX, first: par2Start, last: Math.max(par2End, lengths[CHROMOSOME_X]!) },
  ]
}

/** Whether a man has one copy of this region. */
export const isHaploidInMen = ({ key }: Pick<Region, 'key'>): boolean => key === 'X'
