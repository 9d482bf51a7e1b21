import { ALLELE_MISSING, ALLELE_NONE } from '#lib/genotype/rows/row-parser.ts'

/** What a genotype is against the base of the reference at its place. */
export type VariantKind =
  | 'homozygousReference'
  | 'heterozygous'
  | 'homozygousAlternate'
  | 'noCall'
  /** Left out: `D` and `I` do not say which bases. */
  | 'indel'
  /** Left out: two letters, neither of which the reference has. */
  | 'mismatch'
  /** Left out: the reference has none of the four bases here. */
  | 'unknownReference'

export interface VariantCall {
  kind: VariantKind
  /** The letters of the other strand would explain it: at many places, the file is not on the forward strand. */
  otherStrand: boolean
  /** Columns from REF to the genotype, with the line's end; undefined when the row is left out. */
  columns: string | undefined
}

const COMPLEMENTS: Readonly<Record<string, string>> = { A: 'T', C: 'G', G: 'C', T: 'A' }

/**
 * Put one genotype as a line of VCF has it; base and alleles are ASCII codes, as `OnRow` hands them over. A haploid
 * place has one allele, unless the file has two letters there: they are not ours to choose from.
 */
export function callVariant(base: number, first: number, second: number, haploid: boolean): VariantCall {
  const reference = String.fromCharCode(base)
  const complement = COMPLEMENTS[reference]
  if (!complement) return leftOut('unknownReference')
  if (first === ALLELE_MISSING) return call('noCall', reference, '.', haploid ? '.' : './.')
  const [allele1, allele2] = [first, second === ALLELE_NONE ? first : second].map((code) =>
    String.fromCharCode(code),
  ) as [string, string]
  if (!(allele1 in COMPLEMENTS)) return leftOut('indel')
  if (allele1 !== allele2) {
    const alternate = allele1 === reference ? allele2 : allele1
    if (allele1 === reference || allele2 === reference) {
      return call('heterozygous', reference, alternate, '0/1')
    }
    return { ...leftOut('mismatch'), otherStrand: allele1 === complement || allele2 === complement }
  }
  if (allele1 === reference) return call('homozygousReference', reference, '.', haploid ? '0' : '0/0')
  const alternate = call('homozygousAlternate', reference, allele1, haploid ? '1' : '1/1')
  return { ...alternate, otherStrand: allele1 === complement }
}

const leftOut = (kind: VariantKind): VariantCall => ({ kind, otherStrand: false, columns: undefined })

const call = (kind: VariantKind, reference: string, alternate: string, genotype: string): VariantCall => ({
  kind,
  otherStrand: false,
  columns: `${reference}\t${alternate}\t.\t.\t.\tGT\t${genotype}\n`,
})
