import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const sources = '{lib,components,app,bin,deploy}'
/** Many tests wait for a process or a server, so more files run at a time than a small machine has cores. */
const filesAtOnce = (min: number) => Math.max(min, availableParallelism() - 1)
/** A time zone that is not UTC, has summer time, and is behind: a day begins there later than its date says. */
const ELSEWHERE = { TZ: 'America/New_York' }

/** The long form of a test has a hundred times the rows of its short form. */
const TEST_MS = process.env.ARRAYDROP_TORTURE === '1' ? 3_600_000 : 120_000

export default defineConfig({
  test: {
    // `npm test` leaves these out (bin/testing/run-suite.mjs); without a filter they run.
    tags: [
      {
        name: 'torture',
        description: 'Left to `npm run torture`: docs/torture.md says what holds its rule.',
      },
    ],
    projects: [
      {
        // Pure rules and anything that needs no server: part of `npm run verify`.
        test: {
          name: 'unit',
          include: [`${sources}/**/*.test.{ts,tsx}`],
          exclude: [`${sources}/**/*.{db,s3,java,compile,process,zone,mock}.test.ts`],
          pool: 'threads',
          maxWorkers: filesAtOnce(3),
          // The files of a thread share what they import, which to load anew takes a third of the time.
          isolate: false,
          // Nothing here is timed: a busy machine must fail neither a property test nor what is made before the tests.
          testTimeout: TEST_MS,
          hookTimeout: 120_000,
        },
      },
      {
        // Those that replace a module: each has its modules to itself.
        test: {
          name: 'unit-mock',
          include: [`${sources}/**/*.mock.test.ts`],
          pool: 'threads',
          maxWorkers: filesAtOnce(3),
          testTimeout: TEST_MS,
          hookTimeout: 120_000,
        },
      },
      {
        // Those of them that are about times, once more on a server in another time zone. A thread has the zone of its
        // process, so these are processes.
        test: {
          name: 'unit-elsewhere',
          include: [
            'lib/testing/elsewhere.zone.test.ts',
            'lib/wire/read-query.test.ts',
            'lib/sessions/session.test.ts',
            'lib/fastq/{presigned-url,check-source}.test.ts',
            'lib/fastq/map/destination.test.ts',
            'lib/webhooks/{retry-schedule,sign-delivery}.test.ts',
            'lib/insights/insights-wire.test.ts',
            'lib/people/user-token.test.ts',
            'components/console/samples/sample-query.test.ts',
          ],
          pool: 'forks',
          maxWorkers: filesAtOnce(3),
          env: ELSEWHERE,
          testTimeout: TEST_MS,
          hookTimeout: 120_000,
        },
      },
      {
        // Against real servers: one PostgreSQL for the run and a database a file; an S3 store and Java, where they are.
        // What compiles a copy of the sources, or starts programs and watches them, is here too, since it takes as long.
        test: {
          name: 'integration',
          include: [`${sources}/**/*.{db,s3,java,compile,process}.test.ts`],
          globalSetup: ['lib/testing/postgres-for-tests.ts'],
          pool: 'threads',
          maxWorkers: filesAtOnce(3),
          isolate: false,
          testTimeout: TEST_MS,
          hookTimeout: 120_000,
        },
      },
      {
        // The same of tests with a database.
        test: {
          name: 'integration-elsewhere',
          include: ['lib/testing/elsewhere.zone.test.ts', 'lib/far-times.db.test.ts'],
          globalSetup: ['lib/testing/postgres-for-tests.ts'],
          pool: 'forks',
          maxWorkers: filesAtOnce(3),
          env: ELSEWHERE,
          testTimeout: TEST_MS,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
