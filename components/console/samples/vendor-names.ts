const NAMES: Record<string, string> = {
  '23andme': '23andMe',
  ancestrydna: 'AncestryDNA',
  myheritage: 'MyHeritage',
}

export const VENDOR_KEYS = Object.keys(NAMES)

/** As the vendor writes itself. */
export const nameVendor = (vendor: string): string => NAMES[vendor] ?? vendor
