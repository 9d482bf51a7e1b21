import type { Detail } from './reason.ts'

/** What everybody may know of a vendor. Proper names: no language translates them. */
interface VendorFacts {
  /** As the vendor writes itself. */
  name: string
  /** What it usually calls the file, with gaps for names and dates. */
  fileName: string
}

/**
 * Every vendor whose exports are accepted, in the order in which people see them. Light enough for the upload page; what
 * is larger hangs on the key elsewhere (format, chip rule, guides), as a `Record<Vendor, …>` that does not compile
 * while a vendor is missing. Keys are part of the API and never change.
 */
export const VENDOR_FACTS = {
  '23andme': { name: '23andMe', fileName: 'genome_…_Full_….zip' },
  ancestrydna: { name: 'AncestryDNA', fileName: 'dna-data-….zip' },
  myheritage: { name: 'MyHeritage', fileName: 'MyHeritage_raw_dna_data.zip' },
} as const satisfies Record<string, VendorFacts>

export type Vendor = keyof typeof VENDOR_FACTS
export const VENDORS = Object.keys(VENDOR_FACTS) as readonly Vendor[]
export const VENDOR_NAMES: readonly string[] = VENDORS.map((vendor) => VENDOR_FACTS[vendor].name)

export const nameVendor = (vendor: Vendor): string => VENDOR_FACTS[vendor].name

/** The detail of a refusal that says: this is that vendor's text, already unpacked. */
export const rawTextOf = (vendor: Vendor): Detail => `raw_text_${vendor}`
