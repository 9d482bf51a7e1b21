import type { Vendor } from '../vendors.ts'

/** What one vendor's export looks like, as data: the sniffer and the row parser read it. */
export interface VendorFormat {
  vendor: Vendor
  /** A line of the comment block that only this vendor writes. */
  genuineBanner: RegExp
  /** The vendor's name: not enough to accept a file, enough to name it. */
  name: RegExp
  /** The column line is a comment too (23andMe alone). */
  columnsCommented: boolean
  /** Accepted column names, lower case; more than one where eras differ. */
  columns: readonly (readonly string[])[]
  separator: '\t' | ','
  quoted: boolean
  /** Chromosome labels the vendor writes, with PLINK's codes. */
  chromosomes: Readonly<Record<string, number>>
  /** What ids start with before their digits, beside `rs`. */
  idPrefixes: readonly string[]
  /** Byte that stands for an allele that was not called. */
  missing: '-' | '0'
}

/** Labels of chromosomes 1 to 22, as every vendor writes them. */
export const AUTOSOME_LABELS: Readonly<Record<string, number>> = Object.fromEntries(
  Array.from({ length: 22 }, (_, index) => [String(index + 1), index + 1]),
)
