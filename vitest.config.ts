import { defineConfig } from 'vitest/config'

const sources = '{lib,components,app,bin}'

export default defineConfig({
  test: {
    projects: [
      {
        // Pure rules and anything that needs no server: part of `npm run verify`.
        test: {
          name: 'unit',
          include: [`${sources}/**/*.test.{ts,tsx}`],
          exclude: [`${sources}/**/*.db.test.ts`],
          pool: 'threads',
          // Nothing here is timed: a busy machine must not fail a property test.
          testTimeout: 60_000,
        },
      },
      {
        // Verbs against a real PostgreSQL: one server for the run, one database a file.
        test: {
          name: 'integration',
          include: [`${sources}/**/*.db.test.ts`],
          globalSetup: ['lib/testing/postgres-for-tests.ts'],
          pool: 'threads',
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
