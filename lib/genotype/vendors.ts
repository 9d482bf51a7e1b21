import type { Detail } from './reason.ts'

/** What everybody may know of a vendor. Proper names: no language translates them. */
interface VendorFacts {
  /** As the vendor writes itself. */
  name: string
  /** A name such as it gives the file. */
  fileName: string
  /** Where its customers download their file, or read how to. */
  downloadUrl: string
}

/**
 * Every vendor whose exports are accepted, in the order in which people see them. Light enough for the upload page; what
 * is larger hangs on the key elsewhere (format, chip rule, guides), as a `Record<Vendor, …>` that does not compile
 * while a vendor is missing. Keys are part of the API and never change.
 */
export const VENDOR_FACTS = {
  '23andme': {
    name: '23andMe',
    fileName: 'genome_Sam_Example_v5_Full_20260312.zip',
    downloadUrl: 'https://you.23andme.com/tools/data/download/',
  },
  ancestrydna: {
    name: 'AncestryDNA',
    fileName: 'dna-data-2026-03-12.zip',
    downloadUrl: 'https://support.ancestry.com/s/article/Downloading-DNA-Data',
  },
  myheritage: {
    name: 'MyHeritage',
    fileName: 'MyHeritage_raw_dna_data.zip',
    downloadUrl:
      'https://www.myheritage.com/help/en/articles/12851869-how-do-i-download-my-raw-dna-data-file-from-myheritage',
  },
} as const satisfies Record<string, VendorFacts>

export type Vendor = keyof typeof VENDOR_FACTS
export const VENDORS = Object.keys(VENDOR_FACTS) as readonly Vendor[]
export const VENDOR_NAMES: readonly string[] = VENDORS.map((vendor) => VENDOR_FACTS[vendor].name)

export const nameVendor = (vendor: Vendor): string => VENDOR_FACTS[vendor].name

/** The detail of a refusal that says: this is that vendor's text, already unpacked. */
export const rawTextOf = (vendor: Vendor): Detail => `raw_text_${vendor}`
