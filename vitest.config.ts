import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const sources = '{lib,components,app,bin,deploy}'
/** Many tests wait for a process or a server, so more files run at a time than a small machine has cores. */
const filesAtOnce = (min: number) => Math.max(min, availableParallelism() - 1)

export default defineConfig({
  test: {
    projects: [
      {
        // Pure rules and anything that needs no server: part of `npm run verify`.
        test: {
          name: 'unit',
          include: [`${sources}/**/*.test.{ts,tsx}`],
          exclude: [`${sources}/**/*.{db,s3,java,compile}.test.ts`],
          pool: 'threads',
          maxWorkers: filesAtOnce(2),
          // Nothing here is timed: a busy machine must not fail a property test.
          testTimeout: 60_000,
        },
      },
      {
        // Against real servers: one PostgreSQL for the run and a database a file; an S3 store and Java, where they are.
        // What compiles a copy of the sources is here too, since it takes as long.
        test: {
          name: 'integration',
          include: [`${sources}/**/*.{db,s3,java,compile}.test.ts`],
          globalSetup: ['lib/testing/postgres-for-tests.ts'],
          pool: 'threads',
          maxWorkers: filesAtOnce(3),
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
