// Plain JavaScript: the runner uses the same.
import { findFirefox } from '../../bin/testing/find-programs.mjs'
import { journeyIn } from './journey.ts'
import { visitByFirefox } from './playwright-visitor.ts'

const program = findFirefox()

journeyIn({
  name: 'Firefox',
  missing: program ? undefined : 'no firefox-esr here; as root on Debian the tests install it',
  remains: [],
  start: (storage) => visitByFirefox(program!, storage),
})
