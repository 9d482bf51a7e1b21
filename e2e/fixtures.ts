import { test as base } from '@playwright/test'
import { type Partner, partnerOf } from './service/partner.ts'
import { type Service, startService } from './service/start-service.ts'

/** Rows that test projects ask for: a small export is whole to them. */
export const ROWS_MIN = 1_000

interface WorkerFixtures {
  /** One running service per test worker. */
  service: Service
  /** A partner of it: a project that takes small exports, and an analyst's key. */
  partner: Partner
}

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
})

export { expect } from '@playwright/test'
