// Plain JavaScript: the runner uses the same.
import { findWebKit } from '../../bin/testing/find-programs.mjs'
import { journeyIn } from './journey.ts'
import { visitByWebKit } from './webkit-visitor.ts'

const programs = findWebKit()

journeyIn({
  name: 'WebKit',
  missing: programs
    ? undefined
    : 'no WebKitWebDriver, MiniBrowser and Xvfb here; as root on Debian the tests install them',
  remains: ['sessionStorage'],
  start: (storage) => visitByWebKit(programs!, storage),
})
