import type { Vendor } from '#lib/genotype/verdict.ts'

/** What a company usually calls the file, with gaps where names and dates stand. No language translates it. */
export const VENDOR_FILES: Record<Vendor, string> = {
  '23andme': 'genome_…_Full_….zip',
  ancestrydna: 'dna-data-….zip',
  myheritage: 'MyHeritage_raw_dna_data.zip',
}
