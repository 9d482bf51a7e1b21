import type { Build } from '#lib/genotype/verdict.ts'
import type { VariantKind } from './call-variant.ts'

/** Why there is no VCF, though a reference is configured. */
export interface VcfNotWritten {
  written: false
  /** `other_build`: rows and reference do not belong together. The other two: which build one of them is, is not known. */
  why: 'other_build' | 'build_unknown' | 'reference_unknown'
  build: Build | null
  referenceBuild: Build | null
}

/** What became of the rows of an export in its VCF: counts alone. */
export interface VcfWritten {
  written: true
  referenceBuild: Build
  records: number
  /** Rows by what they are against the reference; of each kind either all rows are records, or all are left out. */
  rows: Record<VariantKind, number>
  /** Rows whose letters the reference has on its other strand: many of them mean that the file is not on the forward strand. */
  otherStrand: { homozygousAlternate: number; mismatch: number }
  /** Left out: the reference lacks the chromosome, or it is shorter than the position. */
  withoutContig: number
  outsideContig: number
}

export type VcfReport = VcfWritten | VcfNotWritten

export const emptyVcfReport = (referenceBuild: Build): VcfWritten => ({
  written: true,
  referenceBuild,
  records: 0,
  rows: {
    homozygousReference: 0,
    heterozygous: 0,
    homozygousAlternate: 0,
    noCall: 0,
    indel: 0,
    mismatch: 0,
    unknownReference: 0,
  },
  otherStrand: { homozygousAlternate: 0, mismatch: 0 },
  withoutContig: 0,
  outsideContig: 0,
})
