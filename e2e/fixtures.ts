import { test as base } from '@playwright/test'
import { type PartnerSite, servePartnerSite } from './browser/partner-site.ts'
import { faultsFound } from './browser/state-checks.ts'
import { type Partner, partnerOf } from './service/partner.ts'
import { type Service, startService } from './service/start-service.ts'

/** Rows that test projects ask for: a small export is whole to them. */
export const ROWS_MIN = 1_000

interface WorkerFixtures {
  /** One running service per test worker. */
  service: Service
  /** A partner of it: a project that takes small exports, and an analyst's key. */
  partner: Partner
  /** The partner's own web site. */
  site: PartnerSite
  /** Fails at the end when a page that was looked at closely had faults. */
  faultless: undefined
}

/**
 * The worker's fixtures of all tests, made when one asks for them. Playwright gives each set of such fixtures a worker of its own,
 * and so a service and a browser of its own: a file that needs more makes it in `beforeAll`, or once per test.
 */
export const test = base.extend<object, WorkerFixtures>({
  service: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from this pattern
    async ({}, use) => {
      const service = await startService()
      await use(service)
      await service.dispose()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  partner: [
    async ({ service }, use) => use(await partnerOf(service, { rowsMin: ROWS_MIN })),
    { scope: 'worker', timeout: 60_000 },
  ],
  site: [
    // biome-ignore lint/correctness/noEmptyPattern: as above
    async ({}, use) => {
      const site = await servePartnerSite()
      await use(site)
      await site.close()
    },
    { scope: 'worker' },
  ],
  faultless: [
    // biome-ignore lint/correctness/noEmptyPattern: as above
    async ({}, use) => {
      await use(undefined)
      if (faultsFound().length > 0) throw new Error(faultsFound().join('\n'))
    },
    { scope: 'worker', auto: true },
  ],
})

export { expect } from '@playwright/test'
