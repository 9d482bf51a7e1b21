import { journeyIn } from './journey.ts'
import { visitByChromium } from './playwright-visitor.ts'

journeyIn({
  name: 'Chromium',
  missing: undefined,
  remains: [],
  start: visitByChromium,
  // In the same engine journey.spec.ts, reasons.spec.ts and transfer.spec.ts show both.
  onlyInTorture: ['a wrong file', 'a reload'],
})
