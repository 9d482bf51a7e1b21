import { VENDORS, type Vendor } from '../vendors.ts'
import { twentyThreeAndMe } from './23andme.ts'
import { ancestryDna } from './ancestrydna.ts'
import { myHeritage } from './myheritage.ts'
import type { VendorFormat } from './vendor-format.ts'

/** What each vendor's export looks like: one file here per vendor. */
const FORMAT_OF: { [Each in Vendor]: VendorFormat & { vendor: Each } } = {
  '23andme': twentyThreeAndMe,
  ancestrydna: ancestryDna,
  myheritage: myHeritage,
}

/** Every format we accept. */
export const VENDOR_FORMATS: readonly VendorFormat[] = VENDORS.map((vendor) => FORMAT_OF[vendor])
