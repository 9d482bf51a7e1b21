import { test as base } from '../fixtures.ts'
import { type PartnerSite, servePartnerSite } from './partner-site.ts'

/** Tests in a browser: a service, its partner, and the partner's own web site. */
export const test = base.extend<object, { site: PartnerSite }>({
  site: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from this pattern
    async ({}, use) => {
      const site = await servePartnerSite()
      await use(site)
      await site.close()
    },
    { scope: 'worker' },
  ],
})

export { expect } from '../fixtures.ts'
