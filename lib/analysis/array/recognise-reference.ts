import {
  AUTOSOMES,
  CHROMOSOME_CODES,
  CHROMOSOME_LABELS,
  CHROMOSOME_LENGTHS,
  CHROMOSOME_MT,
  CHROMOSOME_X,
  CHROMOSOME_XY,
} from '#lib/genotype/chromosomes.ts'
import type { Build } from '#lib/genotype/verdict.ts'
import type { Contig, Reference } from './reference.ts'

const BUILDS: readonly Build[] = [36, 37, 38]

/**
 * Say which build a reference is: that whose autosomes are all as long as those in the file, of which it may lack
 * some. Names may carry `chr`, and the mitochondrion may be M. Undefined when no build fits. A contig of another
 * length is left out: UCSC's hg19 has another mitochondrion than every vendor's GRCh37.
 */
export function recogniseReference(contigs: readonly Contig[]): Reference | undefined {
  for (const build of BUILDS) {
    const contigOf = contigsOf(contigs, build)
    const named = contigs.filter((contig) => isAutosome(codeOf(contig)))
    const fitting = named.filter((contig) => contigOf.includes(contig))
    if (named.length > 0 && fitting.length === named.length) return { build, contigs, contigOf }
  }
  return undefined
}

function contigsOf(contigs: readonly Contig[], build: Build): (Contig | undefined)[] {
  const contigOf = new Array<Contig | undefined>(CHROMOSOME_CODES).fill(undefined)
  for (const contig of contigs) {
    const code = codeOf(contig)
    if (code > 0 && contig.length === CHROMOSOME_LENGTHS[build][code]) contigOf[code] = contig
  }
  contigOf[CHROMOSOME_XY] = contigOf[CHROMOSOME_X]
  return contigOf
}

const isAutosome = (code: number): boolean => code > 0 && code <= AUTOSOMES

/** Code of the chromosome a contig is named for; 0 or less for none. */
function codeOf({ name }: Contig): number {
  const label = name.replace(/^chr/i, '').toUpperCase()
  if (label === 'M') return CHROMOSOME_MT
  return label === 'XY' ? 0 : (CHROMOSOME_LABELS as readonly string[]).indexOf(label)
}
