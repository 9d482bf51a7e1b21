import { twentyThreeAndMe } from './23andme.ts'
import { ancestryDna } from './ancestrydna.ts'
import { myHeritage } from './myheritage.ts'
import type { VendorFormat } from './vendor-format.ts'

/** Every format we accept. A new vendor is one more file here. */
export const VENDOR_FORMATS: readonly VendorFormat[] = [twentyThreeAndMe, ancestryDna, myHeritage]
