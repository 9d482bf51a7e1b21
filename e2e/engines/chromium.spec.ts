import { journeyIn } from './journey.ts'
import { visitByChromium } from './playwright-visitor.ts'

journeyIn({
  name: 'Chromium',
  missing: undefined,
  remains: [],
  start: visitByChromium,
})
