import type { Build } from '#lib/genotype/verdict.ts'

/** One sequence of a FASTA file, as its index (`samtools faidx`) describes it. */
export interface Contig {
  name: string
  /** Bases. */
  length: number
  /** Where the first base stands in the file. */
  offset: number
  /** Bases of a line, and its bytes with the line end. */
  lineBases: number
  lineBytes: number
}

/** The contigs of a reference sequence that are known chromosomes of one build. */
export interface Reference {
  build: Build
  /** All contigs, in the file's order. */
  contigs: readonly Contig[]
  /** By chromosome code, where it is there in the length of that build; XY is X. */
  contigOf: readonly (Contig | undefined)[]
}
